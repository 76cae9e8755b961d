import { compileSchema, deepEqual, follow, type Schema, type SchemaObject } from '../../schema/index.ts';
import { type Breach, breach, type Candidates, type ChangeTools } from './breach.ts';

/** A list beyond this is too big to send. */
const mostItems = 300;

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Lists of a wrong size, or with wrong items. */
export function listBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const { minItems = 0, maxItems, uniqueItems, prefixItems, items, contains } = owner;
  const itemSchema = items ?? true;
  if (minItems > 0) {
    const candidates: Candidates = (value) => [listOf(value).slice(0, minItems - 1)];
    found.push(breach(owner, 'minItems', { words: `fewer than ${minItems} items`, candidates }));
  }
  if (maxItems !== undefined && maxItems < mostItems) {
    const candidates: Candidates = (value, tools) => [
      grown(listOf(value), { length: maxItems + 1, itemSchema, tools }),
    ];
    found.push(breach(owner, 'maxItems', { words: `more than ${maxItems} items`, candidates }));
  }
  if (uniqueItems === true) {
    const candidates: Candidates = (value, tools) => {
      const [first = tools.make(itemSchema), ...rest] = listOf(value);
      return [
        [first, first, ...rest.slice(1)],
        [first, first, ...rest],
      ];
    };
    found.push(breach(owner, 'uniqueItems', { words: 'the same item twice', candidates }));
  }
  if (prefixItems !== undefined && items === false) {
    const candidates: Candidates = (value) => [[...listOf(value), listOf(value)[0] ?? 1]];
    found.push(breach(owner, 'items', { words: 'one item more than there are places', candidates }));
  }
  if (contains !== undefined) {
    const candidates: Candidates = (value, tools) => [
      withoutContained(listOf(value), { contains, itemSchema, tools }),
    ];
    found.push(breach(owner, 'contains', { words: 'no item of the kind that has to be there', candidates }));
  }
  return found;
}

interface Growth {
  readonly itemSchema: Schema;
  readonly tools: ChangeTools;
}

function grown(
  list: readonly unknown[],
  { length, itemSchema, tools }: Growth & { length: number },
): unknown[] {
  const result = [...list];
  for (const item of membersOf(itemSchema)) {
    if (result.length < length && !result.some((one) => deepEqual(one, item))) result.push(item);
  }
  for (let tries = 0; result.length < length && tries < length * 6; tries += 1) {
    const item = tools.make(itemSchema, `item ${tries}`);
    if (!result.some((one) => deepEqual(one, item)) || tries > length * 4) result.push(item);
  }
  return result;
}

function membersOf(schema: Schema): readonly unknown[] {
  const node = follow(schema);
  return typeof node === 'object' ? (node.enum ?? []) : [];
}

function withoutContained(
  list: readonly unknown[],
  { contains, itemSchema, tools }: Growth & { contains: Schema },
): unknown[] {
  const wanted = compileSchema(contains, { direction: 'request' });
  for (let tries = 0; tries < 30; tries += 1) {
    const item = tools.make(itemSchema, `item ${tries}`);
    if (!wanted.isValid(item)) return list.length > 1 ? list.map(() => item) : [item];
  }
  return [...list];
}
