import { hashText, type Random } from '../../core/index.ts';
import { compileSchema } from '../../schema/index.ts';
import type { ObjectFacts } from '../facts/object-facts.ts';
import { allowanceInside, fail, failed, type Make, type Run } from '../run.ts';
import { isImpossible } from '../shape/analysis.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import { compileExtras, type Extras } from './extra-properties.ts';
import { type Kit, nearNames } from './kit.ts';
import { setOwn } from './set-own.ts';

/** A property as it is made. */
interface Entry {
  readonly name: string;
  /** The name as the number that its stream is forked by. */
  readonly stream: number;
  readonly required: boolean;
  readonly shape: Shape;
  readonly make: Make;
  /** Whether the value has values below it, which take a share of the allowance. */
  readonly isDeep: boolean;
  readonly needs: readonly string[];
  accepts: ((value: unknown) => boolean) | undefined;
}

interface Plan {
  readonly shape: Shape;
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
    shape,
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
  const entries: Entry[] = [];
  for (const { name, schemas, required } of facts.members) {
    const own = shapeOf(schemas, shape.direction);
    if (!required && (!facts.allowsName(name) || isImpossible(own))) continue;
    entries.push({
      name,
      stream: hashText(name),
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

const nobody: ReadonlySet<string> = new Set();

function makeObject(run: Run, random: Random, plan: Plan, isSimple: boolean): unknown {
  const { level, allowance, open } = run;
  const share = shareOf(run, plan);
  if (plan.deepCount > 0) run.open = [...open, plan.shape];
  let chosen = isSimple && plan.fill && run.attempt === 0 ? undefined : choose(run, random, plan, nobody);
  let made = makeMembers(run, random, plan, { chosen, share, wanted: level === 0 ? run.wanted : undefined });
  let banned = nobody;
  while (made.missed !== undefined && banned.size < plan.entries.length) {
    banned = new Set([...banned, made.missed]);
    chosen = choose(run, random, plan, banned);
    made = makeMembers(run, random, plan, { chosen, share, wanted: level === 0 ? run.wanted : undefined });
  }
  run.level = level + 1;
  const outcome = made.value === undefined ? failed : plan.extras(run, random, made.value);
  run.level = level;
  run.allowance = allowance;
  run.open = open;
  return outcome;
}

/** What each member with values below it may have. */
function shareOf(run: Run, plan: Plan): number {
  if (plan.deepCount === 0) return 0;
  return Math.floor((allowanceInside(run, plan.shape) - plan.entries.length) / plan.deepCount);
}

interface Members {
  /** The object; `undefined` where a required property could not be made. */
  readonly value: Record<string, unknown> | undefined;
  /** An optional property that could not be made and that others need. */
  readonly missed?: string;
}

function makeMembers(
  run: Run,
  random: Random,
  plan: Plan,
  of: {
    chosen: ReadonlySet<string> | undefined;
    share: number;
    wanted: Readonly<Record<string, unknown>> | undefined;
  },
): Members {
  const { level } = run;
  const value: Record<string, unknown> = {};
  const isTight = plan.facts.dependent.size === 0 && (of.share < 2 || level > 30);
  let members: Members = { value };
  run.level = level + 1;
  for (const entry of plan.entries) {
    if (!entry.required && (of.chosen?.has(entry.name) === false || (isTight && entry.isDeep))) continue;
    run.allowance = of.share;
    const made = makeEntry(run, random, entry, of.wanted);
    if (made !== failed) setOwn(value, entry.name, made);
    else if (entry.required || plan.facts.dependent.size > 0) {
      members = entry.required ? { value: undefined } : { value, missed: entry.name };
      break;
    }
  }
  run.level = level;
  return members;
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
  const value = entry.make(run, random.fork(entry.stream), random);
  if (value === failed && run.failure !== undefined)
    run.failure = { ...run.failure, path: [entry.name, ...run.failure.path] };
  return value;
}

function acceptsOf(shape: Shape): (value: unknown) => boolean {
  const validators = shape.schemas.map((schema) => compileSchema(schema, { direction: shape.direction }));
  return (value) => validators.every((validator) => validator.isValid(value));
}

/** Which properties are made: the required ones with all that they need, then others as long as there is room. */
function choose(run: Run, random: Random, plan: Plan, banned: ReadonlySet<string>): ReadonlySet<string> {
  const chosen = new Set<string>();
  for (const entry of plan.entries) if (entry.required) addWithNeeds(plan, chosen, entry.name);
  for (const entry of plan.entries) {
    if (!chosen.has(entry.name) && isWanted(run, random, plan, entry))
      addOptional(plan, chosen, banned, entry.name);
  }
  for (const entry of plan.entries) {
    if (chosen.size >= plan.facts.minProperties) break;
    addOptional(plan, chosen, banned, entry.name);
  }
  return chosen;
}

/** Adds a property with all that it needs, if there is room and all of it can be made. */
function addOptional(plan: Plan, chosen: Set<string>, banned: ReadonlySet<string>, name: string): void {
  const more = new Set(chosen);
  addWithNeeds(plan, more, name);
  if (more.size > plan.facts.maxProperties) return;
  for (const one of more) if (!plan.byName.has(one) || banned.has(one)) return;
  for (const one of more) chosen.add(one);
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
