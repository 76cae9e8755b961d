import { ApidoubleError } from '../../core/index.ts';
import type { WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { isRecord, setOwn } from '../own-data.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import type { ParameterSpec } from '../spec.ts';
import { repeatedFault, styleFault } from './delimited.ts';
import type { PairSite } from './pair-style.ts';
import { plainText } from './plain-text.ts';
import type { RawPair } from './query-string.ts';
import { isEmpty, type PairStyle } from './style.ts';
import type { TextForm } from './text-form.ts';

/** Brackets inside brackets; deeper is refused, so that nobody who walks the value runs out of stack. */
const maxDepth = 64;

/** What was said under one name: texts, members, or (wrongly) both. */
interface Branch {
  readonly texts: string[];
  readonly members: Map<string, Branch>;
}

/**
 * `color[R]=100&color[G]=200`. The specification stops at one level; the brackets that everybody writes for deeper
 * objects and for arrays (`a[b][c]=1`, `a[b][]=1`, `a[b][0]=1`, `a[b]=1&a[b]=2`) are read too.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export function deepObjectStyle(spec: ParameterSpec, site: PairSite, text: TextForm): PairStyle {
  const shape = shapeOf(spec.schema);
  const start = `${spec.name}[`;
  const claims = (name: string): boolean => name === spec.name || name.startsWith(start);
  return {
    read: ({ all }) => {
      if (!all.some((pair) => claims(pair.name))) return absent;
      const faults: WireFault[] = [];
      const root = newBranch();
      for (const pair of all) if (claims(pair.name)) plant(root, pair, { spec, text, faults });
      return present(grow(root, shape, faults), faults);
    },
    write: (value) => (isEmpty(value) ? undefined : writeDeep(value, { spec, site, text })),
    claims,
  };
}

function newBranch(): Branch {
  return { texts: [], members: new Map() };
}

interface Planting {
  readonly spec: ParameterSpec;
  readonly text: TextForm;
  readonly faults: WireFault[];
}

function plant(root: Branch, pair: RawPair, { spec, text, faults }: Planting): void {
  const keys = bracketKeys(pair.name.slice(spec.name.length));
  if (keys === undefined) {
    faults.push(styleFault(`${spec.name}[property]=value`, pair.name));
    return;
  }
  if (keys.length > maxDepth) {
    faults.push({
      code: 'wire.depth',
      message: `is nested deeper than ${maxDepth} levels`,
      expected: `at most ${maxDepth} levels`,
      seen: `${keys.length} levels`,
    });
    return;
  }
  let branch = root;
  for (const key of keys) {
    const next = branch.members.get(key) ?? newBranch();
    branch.members.set(key, next);
    branch = next;
  }
  branch.texts.push(text.read(pair.value, faults));
}

/** The keys of `[b][c]`; `undefined` for a text that is not made of brackets. */
function bracketKeys(text: string): string[] | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
  return text.slice(1, -1).split('][');
}

function grow(branch: Branch, shape: Shape, faults: WireFault[]): unknown {
  if (branch.members.size === 0) return growTexts(branch.texts, shape, faults);
  if (branch.texts.length > 0) faults.push(styleFault('either text or members', branch.texts[0] ?? ''));
  return isList(branch, shape) ? growList(branch, shape, faults) : growRecord(branch, shape, faults);
}

function growTexts(texts: readonly string[], shape: Shape, faults: WireFault[]): unknown {
  if (texts.length === 0) return {};
  if (shape.takesArray && (texts.length > 1 || !shape.takesText)) {
    return texts.map((text, index) => shape.item(index).coerce(text));
  }
  if (texts.length > 1) faults.push(repeatedFault(texts[1] ?? ''));
  return shape.coerce(texts[0] ?? '');
}

const listKey = /^\d{0,9}$/;

function isList(branch: Branch, shape: Shape): boolean {
  if (!shape.takesArray || (shape.takesObject && !shape.isFree)) return false;
  for (const key of branch.members.keys()) if (!listKey.test(key)) return false;
  return !shape.isFree || branch.members.has('');
}

/** Positions only say the order: `a[7]` alone is a list of one. */
function growList(branch: Branch, shape: Shape, faults: WireFault[]): unknown[] {
  const keys = [...branch.members.keys()].filter((key) => key !== '');
  keys.sort((left, right) => Number(left) - Number(right));
  const items: unknown[] = [];
  for (const key of [...keys, '']) {
    const member = branch.members.get(key);
    if (member === undefined) continue;
    const item = shape.item(items.length);
    if (member.members.size > 0 || key !== '') items.push(grow(member, item, faults));
    else for (const text of member.texts) items.push(shape.item(items.length).coerce(text));
  }
  return items;
}

function growRecord(branch: Branch, shape: Shape, faults: WireFault[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [key, member] of branch.members) {
    setOwn(record, key, grow(member, shape.property(key), faults));
  }
  return record;
}

interface Writing {
  readonly spec: ParameterSpec;
  readonly site: PairSite;
  readonly text: TextForm;
}

function writeDeep(value: unknown, { spec, site, text }: Writing): string {
  if (!isRecord(value)) throw notDeep(spec.name);
  const pairs: string[] = [];
  const visit = (one: unknown, name: string, depth: number): void => {
    if (depth > maxDepth) throw notDeep(spec.name);
    if (isRecord(one)) {
      for (const [key, member] of Object.entries(one)) visit(member, `${name}[${key}]`, depth + 1);
      return;
    }
    const items: readonly unknown[] = Array.isArray(one) ? one : [one];
    for (const item of items) pairs.push(`${site.writeName(name)}=${text.write(plainText(item))}`);
  };
  visit(value, spec.name, 0);
  return pairs.join(site.separator);
}

function notDeep(name: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_CODEC',
    `Cannot write parameter "${name}": deepObject carries objects of at most ${maxDepth} levels. Use an object.`,
  );
}
