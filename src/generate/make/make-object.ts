import type { Random } from '../../core/index.ts';
import { compileSchema } from '../../schema/index.ts';
import type { ObjectFacts } from '../facts/object-facts.ts';
import { fail, failed, type Make, type Run } from '../run.ts';
import { isImpossible } from '../shape/analysis.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import { compileExtras, type Extras } from './extra-properties.ts';
import { type Kit, nearNames } from './kit.ts';

/** A property as it is made. */
interface Entry {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  readonly make: Make;
  /** Whether the value has values below it, which take a share of the allowance. */
  readonly isDeep: boolean;
  readonly needs: readonly string[];
  accepts: ((value: unknown) => boolean) | undefined;
}

interface Plan {
  readonly entries: readonly Entry[];
  readonly byName: ReadonlyMap<string, Entry>;
  readonly facts: ObjectFacts;
  readonly extras: Extras;
  readonly deepCount: number;
  readonly fill: boolean;
}

const valueLimitPerObject = 10_000;

/** Compiles the maker of objects. Each property draws from the stream of its name. */
export function compileObject(kit: Kit, shape: Shape, facts: ObjectFacts, names: readonly string[]): Make {
  if (facts.minProperties > valueLimitPerObject)
    return (run) =>
      fail(run, `${facts.minProperties} properties are more than the limit of ${valueLimitPerObject}`, false);
  const entries = readEntries(kit, shape, facts, names);
  const plan: Plan = {
    entries,
    byName: new Map(entries.map((entry) => [entry.name, entry])),
    facts,
    extras: compileExtras(kit, shape, facts, names),
    deepCount: entries.filter((entry) => entry.isDeep).length,
    fill: kit.fillProperties,
  };
  const isSimple =
    facts.dependent.size === 0 &&
    facts.maxProperties >= entries.length &&
    facts.minProperties <= entries.length;
  return (run, random) => makeObject(run, random, plan, isSimple);
}

function readEntries(kit: Kit, shape: Shape, facts: ObjectFacts, names: readonly string[]): Entry[] {
  const nameTests = facts.propertyNames.map((schema) =>
    compileSchema(schema, { direction: shape.direction }),
  );
  const entries: Entry[] = [];
  for (const { name, schemas, required } of facts.members) {
    const own = shapeOf(schemas, shape.direction);
    const isAllowed = nameTests.every((test) => test.isValid(name));
    if (!required && (!isAllowed || isImpossible(own))) continue;
    entries.push({
      name,
      required,
      shape: own,
      make: lazily(() => kit.make(own, nearNames([...names, name]))),
      isDeep: depthCanGrow(own),
      needs: facts.dependent.get(name) ?? [],
      accepts: undefined,
    });
  }
  return entries;
}

function lazily(compile: () => Make): Make {
  let made: Make | undefined;
  return (run, random, owner) => {
    made ??= compile();
    return made(run, random, owner);
  };
}

function depthCanGrow(shape: Shape): boolean {
  if (shape.leaf === undefined) return true;
  return (
    shape.leaf.values === undefined && shape.leaf.kinds.some((kind) => kind === 'object' || kind === 'array')
  );
}

function makeObject(run: Run, random: Random, plan: Plan, isSimple: boolean): unknown {
  const { level, allowance } = run;
  const share = plan.deepCount === 0 ? 0 : Math.floor((allowance - plan.entries.length) / plan.deepCount);
  const wanted = level === 0 ? run.wanted : undefined;
  const chosen = isSimple && plan.fill && run.attempt === 0 ? undefined : choose(run, random, plan);
  run.level = level + 1;
  const result: Record<string, unknown> = {};
  let outcome: unknown = result;
  for (const entry of plan.entries) {
    if (!entry.required && (chosen?.has(entry.name) === false || isTooDeep(entry, share, level))) continue;
    run.allowance = share;
    const value = makeEntry(run, random, entry, wanted);
    if (value !== failed) setOwn(result, entry.name, value);
    else if (isNeeded(plan, result, entry)) {
      outcome = failed;
      break;
    }
  }
  if (outcome !== failed) outcome = plan.extras(run, random, result);
  run.level = level;
  run.allowance = allowance;
  return outcome;
}

/** Optional members with values below them end where a tree would grow too large. */
function isTooDeep(entry: Entry, share: number, level: number): boolean {
  return entry.isDeep && (share < 2 || level > 30);
}

function isNeeded(plan: Plan, made: Readonly<Record<string, unknown>>, entry: Entry): boolean {
  if (entry.required) return true;
  return Object.keys(made).some((name) => plan.byName.get(name)?.needs.includes(entry.name) === true);
}

function makeEntry(
  run: Run,
  random: Random,
  entry: Entry,
  wanted: Readonly<Record<string, unknown>> | undefined,
): unknown {
  run.values += 1;
  if (wanted !== undefined && Object.hasOwn(wanted, entry.name)) {
    entry.accepts ??= acceptsOf(entry.shape);
    const value = wanted[entry.name];
    if (entry.accepts(value)) return value;
  }
  const value = entry.make(run, random.fork(entry.name), random);
  if (value === failed && run.failure !== undefined)
    run.failure = { ...run.failure, path: [entry.name, ...run.failure.path] };
  return value;
}

function acceptsOf(shape: Shape): (value: unknown) => boolean {
  const validators = shape.schemas.map((schema) => compileSchema(schema, { direction: shape.direction }));
  return (value) => validators.every((validator) => validator.isValid(value));
}

/** `__proto__` is a name like any other. */
function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Which properties are made: the required ones with all that they need, then others as long as there is room. */
function choose(run: Run, random: Random, plan: Plan): ReadonlySet<string> {
  const chosen = new Set<string>();
  for (const entry of plan.entries) if (entry.required) addWithNeeds(plan, chosen, entry.name);
  const most = plan.facts.maxProperties;
  for (const entry of plan.entries) {
    if (chosen.has(entry.name) || !isWanted(run, random, plan, entry)) continue;
    const more = new Set(chosen);
    addWithNeeds(plan, more, entry.name);
    if (more.size > most || [...more].some((name) => !plan.byName.has(name))) continue;
    for (const name of more) chosen.add(name);
  }
  for (const entry of plan.entries) {
    if (chosen.size >= plan.facts.minProperties) break;
    addWithNeeds(plan, chosen, entry.name);
  }
  return chosen;
}

function isWanted(run: Run, random: Random, plan: Plan, entry: Entry): boolean {
  if (run.wanted !== undefined && run.level === 0 && Object.hasOwn(run.wanted, entry.name)) return true;
  if (run.attempt > 0) return random.fork(`~has ${entry.name}`).chance(run.attempt % 3 === 0 ? 0.2 : 0.6);
  return plan.fill || random.fork(`~has ${entry.name}`).chance(0.6);
}

function addWithNeeds(plan: Plan, chosen: Set<string>, name: string): void {
  if (chosen.has(name)) return;
  chosen.add(name);
  for (const other of plan.byName.get(name)?.needs ?? []) addWithNeeds(plan, chosen, other);
}
