import { type Direction, follow, type Schema, type SchemaObject } from '../../schema/index.ts';
import { type FamilyChoice, familyAlternatives, familyChoice } from './family-choice.ts';
import { nameSchema } from './name-schema.ts';
import { isPrimitiveNot, negate } from './negate.ts';
import { isSameSchema } from './same-schema.ts';
import { soundSchema } from './sound-schema.ts';

/** One schema object that holds for the value, and the schema objects that it was reached through, outermost first. */
export interface Part {
  readonly schema: SchemaObject;
  readonly within: readonly SchemaObject[];
}

/** One way to decide a choice: schemas that then hold, and schemas that then must not. */
export interface Alternative {
  readonly add: readonly Schema[];
  readonly avoid: readonly Schema[];
  /** Used where no other alternative is possible. */
  readonly spare?: true;
}

/** A place where the schema leaves it open which of several schemas hold. */
export interface Choice {
  readonly keyword: 'anyOf' | 'oneOf' | 'discriminator' | 'family' | 'if' | 'not' | 'dependentSchemas';
  readonly within: readonly SchemaObject[];
  readonly alternatives: readonly Alternative[];
  /** Where the keyword is `family`: what the alternatives are taken from. */
  readonly family?: FamilyChoice;
}

/** All that must hold for one value at once: `allOf` and recursion are dissolved, choices are listed. */
export interface Conjunction {
  readonly direction: Direction;
  readonly parts: readonly Part[];
  readonly choices: readonly Choice[];
  /** Schemas that must not hold, where no rewriting made that positive. */
  readonly avoid: readonly Schema[];
  /** Schemas with nothing but `const`, `enum`, `pattern` or `multipleOf` that must not hold. */
  readonly barred: readonly SchemaObject[];
  readonly impossible?: string;
}

/** `false` as an object. */
export const nothing: SchemaObject = { not: {} };

interface Draft {
  readonly direction: Direction;
  parts: Part[];
  choices: Choice[];
  avoid: Schema[];
  barred: SchemaObject[];
  seen: Map<SchemaObject, Part>;
  impossible: string | undefined;
}

/** Joins schemas that all hold for the same value. */
export function conjoin(schemas: readonly Schema[], direction: Direction): Conjunction {
  const draft = startDraft(direction);
  for (const schema of schemas) addSchema(draft, schema, []);
  return finish(draft);
}

/** The conjunction with its first choice decided. */
export function decide(base: Conjunction, alternative: Alternative): Conjunction {
  const [choice, ...rest] = base.choices;
  const draft = continueDraft({ ...base, choices: rest });
  const within = choice?.within ?? [];
  for (const schema of alternative.add) addSchema(draft, schema, within);
  const same = alternative.avoid.some((avoided) =>
    alternative.add.some((added) => isSameSchema(added, avoided)),
  );
  if (same) draft.impossible ??= 'two branches of oneOf are the same';
  for (const schema of alternative.avoid) addNot(draft, schema, within, false);
  return finish(draft);
}

/** The conjunction with one more schema that must hold. */
export function extend(base: Conjunction, schema: Schema): Conjunction {
  const draft = continueDraft(base);
  addSchema(draft, schema, []);
  return finish(draft);
}

function continueDraft(base: Conjunction): Draft {
  return {
    direction: base.direction,
    parts: [...base.parts],
    choices: [...base.choices],
    avoid: [...base.avoid],
    barred: [...base.barred],
    seen: new Map(base.parts.map((part) => [part.schema, part])),
    impossible: base.impossible,
  };
}

function startDraft(direction: Direction): Draft {
  return { direction, parts: [], choices: [], avoid: [], barred: [], seen: new Map(), impossible: undefined };
}

function finish(draft: Draft): Conjunction {
  const { direction, parts, choices, avoid, barred, impossible } = draft;
  const decided = familiesLast(choices.map((choice) => keepOwnBranch(choice, draft.seen)));
  const base = { direction, parts, choices: decided, avoid, barred };
  return impossible === undefined ? base : { ...base, impossible };
}

/** Other choices may tell which member of a family it is, and the smallest family has the most special members. */
function familiesLast(choices: Choice[]): Choice[] {
  const families = choices.filter(({ keyword }) => keyword === 'family');
  if (families.length === 0) return choices;
  families.sort((one, other) => sizeOf(one) - sizeOf(other));
  return [...choices.filter(({ keyword }) => keyword !== 'family'), ...families];
}

function sizeOf({ family }: Choice): number {
  return family?.byMember.size ?? 0;
}

function addSchema(draft: Draft, schema: Schema, within: readonly SchemaObject[]): void {
  const target = followAll(schema);
  if (target === true) return;
  if (target === false || target === nothing) {
    draft.impossible ??= 'nothing is allowed here (the schema is "false")';
    return;
  }
  const known = draft.seen.get(target);
  if (known !== undefined) {
    widen(draft, known, within);
    return;
  }
  const schemaObject = soundSchema(target);
  const part = { schema: schemaObject, within: [...within] };
  draft.seen.set(target, part);
  const inside = [...within, schemaObject];
  for (const member of schemaObject.allOf ?? []) addSchema(draft, member, inside);
  draft.parts.push(part);
  addChoices(draft, schemaObject, inside);
  if (schemaObject.not !== undefined) addNot(draft, schemaObject.not, inside, true);
}

/** A schema that is reached in a second way counts for the scopes of both. Parts are shared: they are never changed. */
function widen(draft: Draft, part: Part, within: readonly SchemaObject[]): void {
  const more = within.filter((scope) => !part.within.includes(scope));
  if (more.length === 0) return;
  const wider = { schema: part.schema, within: [...part.within, ...more] };
  draft.parts = draft.parts.map((one) => (one === part ? wider : one));
  draft.seen.set(part.schema, wider);
}

function followAll(schema: Schema): Schema {
  let target = schema;
  for (let hop = 0; hop < 100; hop += 1) {
    const next = follow(target);
    if (next === target) return target;
    target = next;
  }
  return target;
}

function addChoices(draft: Draft, schema: SchemaObject, within: readonly SchemaObject[]): void {
  const add = (keyword: Choice['keyword'], alternatives: readonly Alternative[]) =>
    draft.choices.push({ keyword, within, alternatives });
  const named = schema.discriminator === undefined ? [] : namedBranches(schema);
  if (named.length > 0) add('discriminator', named);
  const family = familyChoice(schema);
  if (family !== undefined)
    draft.choices.push({ keyword: 'family', within, alternatives: family.open, family });
  if (schema.oneOf !== undefined && (named.length === 0 || schema.anyOf !== undefined))
    add('oneOf', exactlyOne(schema.oneOf));
  if (schema.anyOf !== undefined && (named.length === 0 || schema.oneOf !== undefined))
    add(
      'anyOf',
      schema.anyOf.map((branch) => ({ add: [branch], avoid: [] })),
    );
  if (schema.if !== undefined && (schema.then !== undefined || schema.else !== undefined)) {
    const met = { add: [schema.if, schema.then ?? true], avoid: [] };
    add('if', [met, { add: [schema.else ?? true], avoid: [schema.if] }]);
  }
  for (const alternatives of dependentChoices(draft, Object.entries(schema.dependentSchemas ?? {})))
    add('dependentSchemas', alternatives);
}

/** Past so many, dependent schemas are not decided one after the other: each decision looks at all that are left. */
const mostDependents = 16;

function exactlyOne(branches: readonly Schema[]): Alternative[] {
  return branches.map((branch, index) => ({
    add: [branch],
    avoid: branches.filter((_, other) => other !== index),
  }));
}

/**
 * The name alone decides, also where other branches would hold too: what would break those is a malformed member, which is
 * of no use to a client that goes by the name.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
function namedBranches(schema: SchemaObject): Alternative[] {
  const { discriminator } = schema;
  if (discriminator === undefined) return [];
  const result: Alternative[] = [];
  for (const [name, branch] of discriminator.branches) {
    const tag = nameSchema(discriminator.propertyName, name);
    result.push({ add: [branch, tag], avoid: [] });
  }
  return [...result, ...unnamedBranches(schema)];
}

/** Names that no branch allows (a component's own name beside an `enum` of others) leave the branch to its own word. */
function unnamedBranches({ oneOf, anyOf }: SchemaObject): Alternative[] {
  const isExclusive = oneOf !== undefined;
  const branches = oneOf ?? anyOf ?? [];
  return branches.map((branch, index) => ({
    add: [branch],
    avoid: isExclusive ? branches.filter((_, other) => other !== index) : [],
    spare: true,
  }));
}

/** A schema that extends the one with the discriminator (allOf) is itself the branch that is chosen. */
function keepOwnBranch(choice: Choice, seen: ReadonlyMap<SchemaObject, Part>): Choice {
  if (choice.family !== undefined)
    return { ...choice, alternatives: familyAlternatives(choice.family, seen.keys()) };
  if (choice.keyword !== 'discriminator' || choice.alternatives.length < 2) return choice;
  for (const schema of seen.keys()) {
    const own = choice.alternatives.filter(
      ({ add: [first] }) => first !== undefined && followAll(first) === schema,
    );
    if (own.length > 0) return { ...choice, alternatives: own };
  }
  return choice;
}

type Dependent = readonly [name: string, schema: Schema];

/** What is known to be required is not tried without: that would show only when all the rest is decided. */
function dependentChoices(draft: Draft, dependents: readonly Dependent[]): Alternative[][] {
  if (dependents.length === 0) return [];
  const required = new Set(draft.parts.flatMap(({ schema }) => schema.required ?? []));
  const isOpen = ([name]: Dependent): boolean => !required.has(name);
  if (dependents.length <= mostDependents)
    return dependents.map((one) => dependentAlternatives(one).slice(0, isOpen(one) ? 2 : 1));
  return [groupAlternatives(dependents).slice(0, dependents.every(isOpen) ? 2 : 1)];
}

function dependentAlternatives([name, dependent]: Dependent): Alternative[] {
  const present: SchemaObject = { type: 'object', required: [name] };
  return [
    { add: [dependent, present], avoid: [] },
    { add: [without([name])], avoid: [] },
  ];
}

/** Each half of them is decided by itself, or none of the names is there: that is taken where it can be. */
function groupAlternatives(dependents: readonly Dependent[]): Alternative[] {
  const middle = Math.ceil(dependents.length / 2);
  const halves = [dependents.slice(0, middle), dependents.slice(middle)];
  return [
    { add: halves.map((half) => ({ dependentSchemas: Object.fromEntries(half) })), avoid: [], spare: true },
    { add: [without(dependents.map(([name]) => name))], avoid: [] },
  ];
}

function without(names: readonly string[]): SchemaObject {
  return { properties: Object.fromEntries(names.map((name) => [name, false])) };
}

/** The schema that a schema stands for, without keywords of a wrong shape. */
export function followed(schema: Schema): Schema {
  return soundOf(followAll(schema));
}

function soundOf(schema: Schema): Schema {
  return typeof schema === 'boolean' ? schema : soundSchema(schema);
}

/** `isOwn`: the keyword `not`; else a branch that must fail, where trying comes before rewriting. */
function addNot(draft: Draft, schema: Schema, within: readonly SchemaObject[], isOwn: boolean): void {
  const target = soundOf(followAll(schema));
  if (target === false) return;
  if (target === true || draft.seen.has(target)) {
    draft.impossible ??= 'a schema and its negation must both hold';
    return;
  }
  if (isPrimitiveNot(target)) {
    draft.barred.push(target);
    if (target.pattern !== undefined) addSchema(draft, onlyStrings, within);
    if (target.multipleOf !== undefined) addSchema(draft, onlyNumbers, within);
    return;
  }
  const negation = isOwn ? negate(target, draft.direction) : undefined;
  const [only, second] = negation?.terms ?? [];
  if (negation === undefined || (only === undefined && !negation.complete)) {
    draft.avoid.push(target);
  } else if (only === undefined) {
    draft.impossible ??= 'everything satisfies what "not" excludes';
  } else if (second === undefined && negation.complete) {
    addSchema(draft, only, within);
  } else {
    const alternatives: Alternative[] = negation.terms.map((term) => ({ add: [term], avoid: [] }));
    if (!negation.complete) alternatives.push({ add: [], avoid: [target] });
    draft.choices.push({ keyword: 'not', within, alternatives });
  }
}

const onlyStrings: SchemaObject = { type: 'string' };
const onlyNumbers: SchemaObject = { type: 'number' };
