import type { Random } from '../../core/index.ts';
import type { ObjectFacts } from '../facts/object-facts.ts';
import { type FreeMember, freeMembers } from '../realism/free-objects.ts';
import { words } from '../realism/phrases.ts';
import { singular, wordsOf } from '../realism/words.ts';
import { fail, failed, type Make, type Run } from '../run.ts';
import { isImpossible } from '../shape/analysis.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import { compileMakeText } from '../text/make-text.ts';
import { parsePattern } from '../text/parse-pattern.ts';
import type { Kit } from './kit.ts';
import { setOwn } from './set-own.ts';

/** Adds properties that the schema does not name to an object, where it needs some or would be empty. */
export type Extras = (run: Run, random: Random, made: Record<string, unknown>) => unknown;

type DrawName = (run: Run, random: Random, index: number) => string | undefined;

/** Compiles the adding of further properties: free-form objects and maps get a few, others only what `minProperties` wants. */
export function compileExtras(kit: Kit, shape: Shape, facts: ObjectFacts, names: readonly string[]): Extras {
  const isMap = facts.isFreeForm && mayHaveMore(shape, facts);
  if (!isMap && facts.minProperties <= facts.members.filter((member) => member.required).length) {
    return (_, __, made) => made;
  }
  const free = isMap ? freeMembers(names) : [];
  const sources = nameSources(facts);
  const makerFor = compileMakers(kit, { shape, facts, names, free });
  const isBound = facts.dependent.size > 0;
  return (run, random, made) => {
    let present = Object.keys(made).length;
    const count = howMany(run, random, facts, { isMap, present, free });
    for (let tries = 0; present < count && tries < count * 20 + 50; tries += 1) {
      const name =
        tries < free.length
          ? free[tries]?.name
          : sources[tries % sources.length]?.(run, random.fork(`~name${tries}`), tries);
      if (name === undefined || Object.hasOwn(made, name)) continue;
      if (isBound && facts.dependent.get(name)?.some((other) => !Object.hasOwn(made, other)) === true)
        continue;
      const value = makeExtra(run, random, name, makerFor(name));
      if (value === failed) continue;
      setOwn(made, name, value);
      present += 1;
    }
    if (present >= facts.minProperties) return made;
    return fail(run, `at least ${facts.minProperties} properties are needed and no more were found`, false);
  };
}

const namesKept = 500;

/** The makers of properties by name, each made once while there are not too many; none for a name that is not allowed. */
function compileMakers(
  kit: Kit,
  of: { shape: Shape; facts: ObjectFacts; names: readonly string[]; free: readonly FreeMember[] },
): (name: string) => Make | undefined {
  const known = new Map<string, Make | undefined>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined || known.has(name)) return before;
    const make = of.facts.allowsName(name) ? compileExtra(kit, of, name) : undefined;
    if (known.size < namesKept) known.set(name, make);
    return make;
  };
}

function compileExtra(
  kit: Kit,
  of: { shape: Shape; facts: ObjectFacts; names: readonly string[]; free: readonly FreeMember[] },
  name: string,
): Make | undefined {
  const schemas = of.facts.schemasFor(name);
  const own = of.free.find((member) => member.name === name);
  if (own === undefined && schemas.every((schema) => schema === true))
    return (_, random) => random.pick(plainValues)(random);
  const { direction } = of.shape;
  const wished = shapeOf(own === undefined ? schemas : [...schemas, own.schema], direction);
  const target = isImpossible(wished) ? shapeOf(schemas, direction) : wished;
  if (isImpossible(target)) return undefined;
  return kit.make(target, own === undefined ? valueNames(of.names) : [...of.names.slice(-2), name]);
}

function makeExtra(run: Run, random: Random, name: string, make: Make | undefined): unknown {
  if (make === undefined) return fail(run, 'the property is not allowed', false);
  const { level, allowance } = run;
  run.values += 1;
  run.level = level + 1;
  run.allowance = Math.floor(allowance / 4);
  const made = make(run, random.fork(name), random);
  run.level = level;
  run.allowance = allowance;
  return made;
}

/** Whether any property that is not named is allowed. */
function mayHaveMore(shape: Shape, facts: ObjectFacts): boolean {
  if (facts.patterns.length > 0) return true;
  return !isImpossible(shapeOf(facts.schemasFor('~any other'), shape.direction));
}

function howMany(
  run: Run,
  random: Random,
  facts: ObjectFacts,
  of: { isMap: boolean; present: number; free: readonly FreeMember[] },
): number {
  const usual = of.free.length > 0 ? of.free.length : random.fork('~size').integer(1, 3);
  const wanted = of.isMap && run.allowance > 4 ? of.present + usual : of.present;
  return Math.min(facts.maxProperties, Math.max(facts.minProperties, wanted));
}

/** Where further names come from: the patterns, `propertyNames`, and words. */
function nameSources(facts: ObjectFacts): DrawName[] {
  const sources: DrawName[] = [];
  const patterns = [...facts.patterns, ...facts.propertyNames.flatMap(patternsOf)];
  for (const pattern of patterns) {
    const tree = parsePattern(pattern);
    if (tree === undefined) continue;
    const make = compileMakeText(tree, 0, 60);
    sources.push((_, random, index) => make(random, index));
  }
  const listed = facts.propertyNames.flatMap((schema) =>
    typeof schema === 'object' ? (schema.enum ?? []) : [],
  );
  const texts = listed.filter((value) => typeof value === 'string');
  if (texts.length > 0) sources.push((_, random) => random.pick(texts));
  if (sources.length > 0) return [...sources, ...sources, letters];
  const key: DrawName = (_, random) => random.pick(words.key);
  const noun: DrawName = ({ bench }, random) => random.pick(bench.nouns);
  return [key, key, key, noun, letters];
}

function patternsOf(schema: ObjectFacts['propertyNames'][number]): readonly string[] {
  return typeof schema === 'object' && schema.pattern !== undefined ? [schema.pattern] : [];
}

/** Names of any length: `propertyNames` may ask for a long or a short one. */
const letters: DrawName = (_, random, index) => {
  const length = 1 + ((index * 3) % 40);
  let text = '';
  while (text.length < length) text += String.fromCharCode(97 + random.integer(0, 25));
  return text;
};

/** The values of a map are what the map is named for: `prices` holds prices. */
function valueNames(names: readonly string[]): readonly string[] {
  const own = names.at(-1);
  return own === undefined ? names : [...names.slice(0, -1), wordsOf(own).map(singular).join('_')];
}

/** What a member of a free-form object is where nothing says more. */
const plainValues: readonly ((random: Random) => unknown)[] = [
  (random) => random.pick(words.tag),
  (random) => random.pick(words.category),
  (random) => random.integer(1, 99),
  (random) => random.chance(0.5),
];
