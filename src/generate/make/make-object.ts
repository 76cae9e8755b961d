import type { Random } from '../../core/index.ts';
import type { ObjectFacts } from '../facts/object-facts.ts';
import { afresh } from '../pool/pools.ts';
import { fail, failed, isTooLong, type Make, type Run, textLimit } from '../run.ts';
import type { Shape } from '../shape/shape.ts';
import type { Kit } from './kit.ts';
import { type Entry, type Plan, planOf, shareOf } from './object-plan.ts';
import { setOwn } from './set-own.ts';
import { takeSlot } from './take-slot.ts';

const valueLimitPerObject = 10_000;

/** Compiles the maker of objects. Each property draws from the stream of its name. */
export function compileObject(kit: Kit, shape: Shape, facts: ObjectFacts, names: readonly string[]): Make {
  if (facts.minProperties > valueLimitPerObject)
    return (run) =>
      fail(run, `${facts.minProperties} properties are more than the limit of ${valueLimitPerObject}`, false);
  const plan = planOf(kit, shape, facts, names);
  return (run, random) => makeObject(run, random, plan);
}

const nobody: ReadonlySet<string> = new Set();

function makeObject(run: Run, random: Random, plan: Plan): unknown {
  const { level, allowance, open } = run;
  const share = shareOf(run, plan);
  if (plan.deepCount > 0) run.open = [...open, plan.shape];
  let chosen =
    plan.isSimple && plan.fill && run.attempt === 0 ? undefined : choose(run, random, plan, nobody);
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
    const made = makeEntry(run, random, { plan, entry, wanted: of.wanted });
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
  {
    plan,
    entry,
    wanted,
  }: { plan: Plan; entry: Entry; wanted: Readonly<Record<string, unknown>> | undefined },
): unknown {
  run.values += 1;
  if (wanted !== undefined && Object.hasOwn(wanted, entry.name)) {
    const value = wanted[entry.name];
    if (entry.accepts(value)) return value;
  }
  const slot = run.attempt === 0 ? takeSlot(run, random, plan, entry) : afresh;
  if (slot !== afresh) {
    if (isTooLong(run)) return fail(run, `more than ${textLimit} characters are needed in all`, false);
    return slot.take();
  }
  const value = entry.make(run, random.fork(entry.stream), random);
  if (value === failed && run.failure !== undefined)
    run.failure = { ...run.failure, path: [entry.name, ...run.failure.path] };
  return value;
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
