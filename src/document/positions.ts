import { type JsonPointer, pointerKeys } from '../core/index.ts';
import { scanJson } from './json-positions.ts';
import type { SourceFile } from './source-file.ts';
import { readYaml } from './yaml.ts';

/** Where a value was written, and its parts: `keys` of a mapping beside `parts`, or the items of a list in `parts`. */
export interface Mark {
  /** Of the key for a member, else of the value. */
  readonly offset: number;
  readonly keys?: readonly string[];
  readonly parts?: readonly Mark[];
}

/** Lines and columns of a file by pointer. */
export interface Positions {
  /** Both counted from 1; of the nearest place around it where the very place does not exist. */
  find(pointer: JsonPointer): { readonly line: number; readonly column: number };
}

/** Reads a file once more, for its positions. */
export function positionsOf(file: Pick<SourceFile, 'text' | 'syntax'>): Positions {
  const { text } = file;
  if (text === undefined) return { find: () => ({ line: 1, column: 1 }) };
  const root = file.syntax === 'json' ? scanJson(text) : scanYaml(text);
  const starts = lineStarts(text);
  return { find: (pointer) => lineOf(starts, offsetOf(root, pointer)) };
}

function offsetOf(root: Mark, pointer: JsonPointer): number {
  let at = root;
  for (const key of pointerKeys(pointer)) {
    const index = at.keys === undefined ? Number(key) : at.keys.lastIndexOf(key);
    const next = at.parts?.[index];
    if (next === undefined) break;
    at = next;
  }
  return at.offset;
}

/** https://yaml.org/spec/1.2.2/#54-line-break-characters */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isReturn = code === 13 && text.charCodeAt(index + 1) !== 10;
    if (code === 10 || isReturn) starts.push(index + 1);
  }
  return starts;
}

function lineOf(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 };
}

/** A node that js-yaml is in the middle of. */
interface Open {
  readonly offset: number;
  readonly keys: string[];
  readonly parts: Mark[];
  readonly items: Mark[];
  key: { readonly name: string; readonly offset: number } | undefined;
  /** What js-yaml read as a would-be key that turned out to be the node itself. */
  same: { readonly result: unknown; readonly inside: Inside } | undefined;
}

type Inside = Pick<Mark, 'keys' | 'parts'>;

function open(offset: number): Open {
  return { offset, keys: [], parts: [], items: [], key: undefined, same: undefined };
}

/** What js-yaml shows of itself to a listener. */
interface YamlState {
  readonly input: string;
  readonly position: number;
  readonly kind: string | null;
  readonly result: unknown;
}

/** js-yaml tells when it begins and ends a node; a node that a colon follows is a key. */
function scanYaml(text: string): Mark {
  const stack: Open[] = [open(0)];
  const bottom = stack[0] as Open;
  const listener = (event: string, state: unknown): void => {
    const { input, position, kind, result } = state as YamlState;
    if (event === 'open') {
      stack.push(open(position));
      return;
    }
    const node = stack.pop() as Open;
    const parent = stack.at(-1) ?? bottom;
    if (kind !== null && isBeforeColon(input, position)) {
      parent.key = { name: String(result), offset: node.offset };
      return;
    }
    const inside = insideOf(node, kind, result);
    parent.same = { result, inside };
    if (parent.key === undefined) {
      parent.items.push({ offset: node.offset, ...inside });
      return;
    }
    parent.keys.push(parent.key.name);
    parent.parts.push({ offset: parent.key.offset, ...inside });
    parent.key = undefined;
  };
  readYaml(text, listener);
  return bottom.items[0] ?? { offset: 0 };
}

/** Items that js-yaml was silent about (empty ones) leave the list without parts: its own place is the nearest. */
function insideOf(node: Open, kind: string | null, result: unknown): Inside {
  if (typeof result !== 'object' || result === null) return {};
  if (node.same?.result === result) return node.same.inside;
  if (kind === 'mapping') return { keys: node.keys, parts: node.parts };
  return Array.isArray(result) && result.length === node.items.length ? { parts: node.items } : {};
}

const colon = 58;

function isBeforeColon(input: string, position: number): boolean {
  let at = position;
  while (input.charCodeAt(at) === 32 || input.charCodeAt(at) === 9) at += 1;
  return input.charCodeAt(at) === colon;
}
