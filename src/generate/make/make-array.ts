import type { Random } from '../../core/index.ts';
import { canonicalText } from '../../schema/index.ts';
import type { ArrayFacts, Containing } from '../facts/array-facts.ts';
import { singular, wordsOf } from '../realism/words.ts';
import { fail, failed, type Make, type Run, usualAllowance } from '../run.ts';
import { isImpossible } from '../shape/analysis.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import type { Kit } from './kit.ts';

const itemLimit = 50_000;

/** Compiles the maker of lists. Items draw from streams by index, so that one never depends on another. */
export function compileArray(kit: Kit, shape: Shape, facts: ArrayFacts, names: readonly string[]): Make {
  if (facts.minItems > itemLimit)
    return (run) =>
      fail(run, `a list of ${facts.minItems} items is more than the limit of ${itemLimit}`, false);
  const below = itemNames(names);
  const unlike = facts.contains
    .filter(({ most }) => most < Number.POSITIVE_INFINITY)
    .map(({ opposite }) => opposite);
  const cache = new Map<string, Make | undefined>();
  const itemMaker = (index: number, matched?: Containing): Make | undefined => {
    const place = Math.min(index, facts.rest);
    const key = matched === undefined ? String(place) : `${place} ${facts.contains.indexOf(matched)}`;
    if (cache.has(key)) return cache.get(key);
    const schemas = facts.schemasAt(place, matched);
    const other = shapeOf([...schemas, ...(matched === undefined ? unlike : [])], shape.direction);
    const item = isImpossible(other) ? shapeOf(schemas, shape.direction) : other;
    const make = isImpossible(item) ? undefined : kit.make(item, below);
    cache.set(key, make);
    return make;
  };
  const most = mostItems(facts, itemMaker);
  const isRisky = facts.contains.some(({ most: limit }) => limit < Number.POSITIVE_INFINITY);
  return (run, random) => {
    const plan = planOf(run, names);
    const length = chooseLength(run, random, facts, { most, wanted: plan?.length });
    if (isRisky) run.uncertain = true;
    return makeItems(run, random, { facts, length, itemMaker, stream: plan?.stream });
  };
}

/** `events[]` holds things of which each is an `event`. */
function itemNames(names: readonly string[]): readonly string[] {
  const own = names.at(-1);
  if (own === undefined) return names;
  const words = wordsOf(own);
  const last = words.at(-1);
  if (last === undefined) return names;
  return [...names.slice(0, -1), [...words.slice(0, -1), singular(last)].join('_')];
}

/** Where the schema of an index allows nothing, the list ends before it. */
function mostItems(
  facts: ArrayFacts,
  itemMaker: (index: number, matched?: Containing) => Make | undefined,
): number {
  for (let index = 0; index <= facts.rest && index < facts.maxItems; index += 1) {
    if (itemMaker(index) !== undefined) continue;
    const matching = facts.contains.filter((contained) => itemMaker(index, contained) !== undefined);
    if (matching.length === 0) return index;
    if (index < facts.rest) continue;
    return Math.min(facts.maxItems, index + sum(matching.map(({ most }) => most)));
  }
  return facts.maxItems;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function planOf(run: Run, names: readonly string[]) {
  if (run.lists === undefined || run.level > 1) return undefined;
  if (run.level === 0) return run.lists[''];
  const name = names.at(-1);
  return name !== undefined && Object.hasOwn(run.lists, name) ? run.lists[name] : undefined;
}

const usualLengths = [1, 2, 2, 3, 3, 4, 5];

function chooseLength(
  run: Run,
  random: Random,
  facts: ArrayFacts,
  { most, wanted }: { most: number; wanted: number | undefined },
): number {
  const least = Math.max(facts.minItems, sum(facts.contains.map(({ least: count }) => count)));
  const usual = wanted ?? (run.allowance < 12 ? 0 : random.fork('~length').pick(usualLengths));
  const varied = run.attempt > 0 && wanted === undefined ? random.integer(0, 6) : usual;
  return Math.max(facts.minItems, Math.min(most, Math.max(Math.min(least, most), varied)));
}

interface Items {
  readonly facts: ArrayFacts;
  readonly length: number;
  readonly itemMaker: (index: number, matched?: Containing) => Make | undefined;
  readonly stream: ((index: number) => Random) | undefined;
}

function makeItems(run: Run, random: Random, items: Items): unknown {
  const { facts, length, stream } = items;
  const wanted = matchesWanted(items);
  if (wanted === undefined)
    return fail(run, 'no place for an item that "contains" asks for was found', false);
  const { level, allowance, lists, wanted: asked, open } = run;
  const isPlanned = stream !== undefined;
  run.level = isPlanned ? 0 : level + 1;
  if (isPlanned) startRow(run);
  run.allowance = isPlanned ? usualAllowance : Math.floor((allowance - 1) / Math.max(1, length));
  const list: unknown[] = [];
  const seen = facts.uniqueItems || (!isPlanned && length > 1) ? new Set<string>() : undefined;
  let outcome: unknown = list;
  for (let index = 0; index < length && outcome === list; index += 1) {
    const source = stream?.(index) ?? random.fork(index);
    const item = makeItem(run, source, { items, index, matched: wanted[index], seen });
    if (item !== failed) list.push(item);
    else if (list.length >= facts.minItems && wanted.length <= index) break;
    else outcome = failed;
  }
  run.level = level;
  run.allowance = allowance;
  run.lists = lists;
  run.open = open;
  run.wanted = asked;
  if (outcome === failed && run.failure !== undefined)
    run.failure = { ...run.failure, path: [list.length, ...run.failure.path] };
  return outcome;
}

/** A row is made as if it stood alone, so that it is the same in a list and by itself. */
function startRow(run: Run): void {
  run.wanted = undefined;
  run.lists = undefined;
  run.open = [];
}

/** Which item is made to match which `contains`: those after the prefix first, so that what the prefix wants stays. */
function matchesWanted({ facts, length, itemMaker }: Items): (Containing | undefined)[] | undefined {
  if (facts.contains.length === 0) return [];
  const first = Math.min(facts.rest, length);
  const places = [...indexes(first, length), ...indexes(0, first)];
  const wanted: (Containing | undefined)[] = [];
  for (const contained of facts.contains) {
    for (let left = Math.min(contained.least, length); left > 0; left -= 1) {
      const place = places.findIndex((index) => itemMaker(index, contained) !== undefined);
      const [index] = place < 0 ? [] : places.splice(place, 1);
      if (index === undefined) return undefined;
      wanted[index] = contained;
    }
  }
  return wanted;
}

function indexes(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function makeItem(
  run: Run,
  source: Random,
  at: { items: Items; index: number; matched: Containing | undefined; seen: Set<string> | undefined },
): unknown {
  const make = at.items.itemMaker(at.index, at.matched) ?? matchedMaker(at.items, at.index);
  if (make === undefined) return fail(run, 'the schema allows no item here', true);
  if (at.seen === undefined) return make(run, source, source);
  if (!at.items.facts.uniqueItems) return makeOther(run, source, make, at.seen);
  const before = run.attempt;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const stream = attempt === 0 ? source : source.fork(`~unique${attempt}`);
    if (attempt > 20) run.attempt = before + attempt;
    const item = make(run, stream, stream);
    run.attempt = before;
    if (item === failed) return failed;
    const text = canonicalText(item);
    if (at.seen.has(text)) continue;
    at.seen.add(text);
    return item;
  }
  return fail(run, 'not enough different items were found', false);
}

/** Where only what `contains` asks for is allowed (`unevaluatedItems: false`), further items are that too. */
function matchedMaker({ facts, itemMaker }: Items, index: number): Make | undefined {
  for (const contained of facts.contains) {
    const make = itemMaker(index, contained);
    if (make !== undefined) return make;
  }
  return undefined;
}

/** The same word twice in a list of words reads like a mistake: a few other tries, then be it so. */
function makeOther(run: Run, source: Random, make: Make, seen: Set<string>): unknown {
  const first = make(run, source, source);
  if (typeof first !== 'string') return first;
  let item: unknown = first;
  for (let attempt = 1; attempt < 6 && typeof item === 'string' && seen.has(item); attempt += 1) {
    const stream = source.fork(`~other${attempt}`);
    item = make(run, stream, stream);
  }
  if (typeof item !== 'string') return first;
  seen.add(item);
  return item;
}
