import { hashText } from '../../core/index.ts';
import { compileSchema, type Validator } from '../../schema/index.ts';
import type { ObjectFacts } from '../facts/object-facts.ts';
import { mayRepeat } from '../pool/may-repeat.ts';
import { allowanceInside, type Make, type Run } from '../run.ts';
import { isImpossible } from '../shape/analysis.ts';
import { isProven } from '../shape/certainty.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import { compileExtras, type Extras } from './extra-properties.ts';
import { type Kit, nearNames } from './kit.ts';

/** A property as it is made. */
export interface Entry {
  readonly name: string;
  /** Its place among the entries. */
  readonly index: number;
  /** The name as the number that its stream is forked by. */
  readonly stream: number;
  /** What stands before the value in JSON: `{"name":`, or `,"name":` behind another member. */
  readonly opening: string;
  readonly required: boolean;
  readonly shape: Shape;
  readonly make: Make;
  /** Whether the value has values below it, which take a share of the allowance. */
  readonly isDeep: boolean;
  /** Whether several objects may have the same value. */
  readonly mayRepeat: boolean;
  /** Whether what is made needs no judge. */
  readonly isProven: () => boolean;
  readonly needs: readonly string[];
  readonly accepts: (value: unknown) => boolean;
}

/** An object as it is made. */
export interface Plan {
  readonly shape: Shape;
  readonly entries: readonly Entry[];
  readonly byName: ReadonlyMap<string, Entry>;
  readonly facts: ObjectFacts;
  readonly extras: Extras;
  readonly deepCount: number;
  readonly fill: boolean;
  /** Nothing decides which properties are there. */
  readonly isSimple: boolean;
}

/** The plan of an object under its names, made once. */
export function planOf(kit: Kit, shape: Shape, facts: ObjectFacts, names: readonly string[]): Plan {
  const plans = kit.plans.get(shape) ?? new Map<string, Plan>();
  kit.plans.set(shape, plans);
  const key = names.join('\n');
  const plan = plans.get(key) ?? makePlan(kit, shape, facts, names);
  if (plans.size < 1_000) plans.set(key, plan);
  return plan;
}

function makePlan(kit: Kit, shape: Shape, facts: ObjectFacts, names: readonly string[]): Plan {
  const entries = readEntries(kit, shape, facts, names);
  return {
    shape,
    entries,
    byName: new Map(entries.map((entry) => [entry.name, entry])),
    facts,
    extras: compileExtras(kit, shape, facts, names),
    deepCount: entries.filter((entry) => entry.isDeep).length,
    fill: kit.fillProperties,
    isSimple:
      facts.dependent.size === 0 &&
      facts.maxProperties >= entries.length &&
      facts.minProperties <= entries.length,
  };
}

function readEntries(kit: Kit, shape: Shape, facts: ObjectFacts, names: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  for (const { name, schemas, required } of facts.members) {
    const own = shapeOf(schemas, shape.direction);
    if (!required && (!facts.allowsName(name) || isImpossible(own))) continue;
    entries.push({
      name,
      index: entries.length,
      stream: hashText(name) | 0,
      opening: `${entries.length === 0 ? '{' : ','}${JSON.stringify(name)}:`,
      mayRepeat: kit.source === 'faker' && mayRepeat(own, nearNames([...names, name])),
      required,
      shape: own,
      make: lazily(() => kit.make(own, nearNames([...names, name]))),
      isDeep: depthCanGrow(own),
      isProven: once(() => isProven(own)),
      needs: facts.dependent.get(name) ?? [],
      accepts: acceptsOf(own),
    });
  }
  return entries;
}

function once<Value>(find: () => Value): () => Value {
  let found: Value | undefined;
  return () => {
    found ??= find();
    return found;
  };
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

function acceptsOf(shape: Shape): (value: unknown) => boolean {
  let validators: readonly Validator[] | undefined;
  return (value) => {
    validators ??= shape.schemas.map((schema) => compileSchema(schema, { direction: shape.direction }));
    for (const validator of validators) if (!validator.isValid(value)) return false;
    return true;
  };
}

/** What each member with values below it may have. */
export function shareOf(run: Run, plan: Plan): number {
  if (plan.deepCount === 0) return 0;
  return Math.floor((allowanceInside(run, plan.shape) - plan.entries.length) / plan.deepCount);
}
