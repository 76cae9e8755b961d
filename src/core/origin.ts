import { appendPointer, type JsonPointer } from './json-pointer.ts';

/** Where a piece of a loaded document was written: the file's URI and the pointer inside it, as the author wrote it. */
export interface Origin {
  readonly uri: string;
  readonly pointer: JsonPointer;
}

/** An origin with the place a person can go to. `file` is shown relative to the working directory where it can be. */
export interface SourceLocation extends Origin {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

const origins = new WeakMap<object, Origin>();

/** Remembers where a node of a document came from, so that a finding about it can name the line. */
export function setOrigin<Node extends object>(node: Node, origin: Origin): Node {
  origins.set(node, origin);
  return node;
}

/** Where a node came from, or `undefined` for one that no file holds. */
export function originOf(node: unknown): Origin | undefined {
  return typeof node === 'object' && node !== null ? origins.get(node) : undefined;
}

/** The origin of a child of a known place. */
export function childOrigin(origin: Origin, ...keys: readonly (string | number)[]): Origin {
  return { uri: origin.uri, pointer: appendPointer(origin.pointer, ...keys) };
}
