import { isUnwanted, unwantedMembers } from './direction.ts';
import { createChooser } from './discriminator.ts';
import { createEmitted, type Emitted, type Facts, type Link } from './emitted.ts';
import { evaluatedItems, evaluatedProperties } from './evaluated.ts';
import { leadsBack } from './in-place.ts';
import { hasRightShape, isRecord, typeList } from './keyword-shapes.ts';
import { patternFault } from './pattern.ts';
import type { Place } from './place.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';
import { isHeavy } from './sub-schemas.ts';
import type { Direction } from './validator.ts';

/**
 * How much of a schema is emitted: all of it; its oneOf and anyOf alone (a discriminator's fallback); or, at the inner
 * place of a loop, all but what leads back.
 */
export type Form = 'full' | 'choices' | 'base';

/** What a schema is emitted for. */
export interface Variant {
  readonly direction: Direction;
  readonly form: Form;
  /** Members that the direction does not want, as other schemas of the same value declare. */
  readonly unwanted: ReadonlySet<string>;
}

/** Gives the schema that is compiled on its own. */
export type Linker = (place: Place, variant: Variant) => Link;

interface Work {
  readonly place: Place;
  readonly node: SchemaObject;
  readonly form: Form;
  readonly linkTo: Linker;
  readonly out: Emitted;
  readonly direction: Direction;
  readonly unwanted: ReadonlySet<string>;
}

type Keys = readonly (string | number)[];

const nobody: ReadonlySet<string> = new Set();

/** Writes a schema in the form that ajv compiles. Keywords whose values have a wrong shape are left out. */
export function emit(place: Place, variant: Variant, linkTo: Linker): Emitted {
  const node = follow(place.node);
  if (node === false) return createEmitted({ place }, { never: true });
  if (node === true || !isRecord(node)) return createEmitted({ place });
  const unwanted = union(variant.unwanted, unwantedMembers(node, variant.direction));
  const facts: Facts = { place };
  const { direction, form } = variant;
  const work: Work = { place, node, form, linkTo, out: createEmitted(facts), direction, unwanted };
  addFacts(work, facts);
  if (form !== 'choices') {
    emitAssertions(work);
    emitMembers(work);
    emitItems(work);
    emitWholes(work);
  }
  emitChoices(work);
  return work.out;
}

function union(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  if (left.size === 0) return right;
  return right.size === 0 ? left : new Set([...left, ...right]);
}

/** Another schema of the same value, in full. */
function companionLink(work: Work, keys: Keys, schema: Schema): Link {
  const { direction, unwanted } = work;
  return work.linkTo({ node: schema, above: work.place, keys }, { direction, form: 'full', unwanted });
}

function addFacts(work: Work, facts: Facts): void {
  const { node } = work;
  const holds = (schema: Schema, value: unknown): boolean =>
    typeof schema === 'boolean' ? schema : companionLink(work, [], schema).check(value);
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    facts[keyword] = usable(work, keyword)?.map((schema, index) =>
      companionLink(work, [keyword, index], schema),
    );
  }
  facts.evaluatedProperties = (value) => evaluatedProperties(node, value, holds);
  facts.evaluatedItems = (value) => evaluatedItems(node, value, holds);
}

const plainKeywords: readonly (keyof SchemaObject)[] = [
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'format',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
];

/** The value of a keyword, or `undefined` where it is absent or has the wrong shape. */
function usable<Keyword extends keyof SchemaObject>(
  { node }: Pick<Work, 'node'>,
  keyword: Keyword,
): SchemaObject[Keyword] | undefined {
  if (!Object.hasOwn(node, keyword)) return undefined;
  const value = node[keyword];
  return hasRightShape(String(keyword), value) ? value : undefined;
}

function emitAssertions(work: Work): void {
  const { node, out } = work;
  for (const keyword of plainKeywords) {
    const value = usable(work, keyword);
    if (value !== undefined) out[keyword] = value;
  }
  const types = typeList(node.type);
  if (types.length > 0) out.type = types.length === 1 ? types[0] : types;
  const pattern = usable(work, 'pattern');
  if (pattern !== undefined && patternFault(pattern) === undefined) out.pattern = pattern;
}

/** A sub-schema of a part of the value. */
function emitPart(work: Work, keys: Keys, schema: unknown): Emitted {
  return emitChild(work, keys, { schema, form: 'full', unwanted: nobody });
}

function emitChild(
  work: Work,
  keys: Keys,
  child: { readonly schema: unknown; readonly form: Form; readonly unwanted: ReadonlySet<string> },
): Emitted {
  const { form, unwanted } = child;
  const variant: Variant = { direction: work.direction, form, unwanted };
  const node = isSchema(child.schema) ? child.schema : true;
  const place: Place = { node, above: work.place, keys };
  if (!isHeavy(node)) return emit(place, variant, work.linkTo);
  return createEmitted({ place }, { link: work.linkTo(place, variant) });
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || isRecord(value);
}

/** A map of emitted schemas by a property's name, which may be `__proto__`. */
function emitMap(work: Work, keyword: string, unwanted: ReadonlySet<string> = nobody): Emitted | undefined {
  const map = work.node[keyword as 'properties'];
  if (!isRecord(map)) return undefined;
  const out: Emitted = Object.create(null);
  for (const [name, schema] of Object.entries(map)) {
    if (keyword === 'patternProperties' && patternFault(name) !== undefined) continue;
    out[name] = emitPart(work, [keyword, name], unwanted.has(name) ? true : schema);
  }
  return out;
}

/** A property like any other in JSON. */
const prototypeName: string = '__proto__';

function emitMembers(work: Work): void {
  const { out, node, unwanted } = work;
  const properties = emitMap(work, 'properties', unwanted);
  const patterns = emitMap(work, 'patternProperties') ?? Object.create(null);
  if (properties !== undefined && Object.hasOwn(properties, prototypeName)) {
    // ajv leaves this name out of `properties`.
    patterns[`^(?:${prototypeName})$`] = properties[prototypeName];
    delete properties[prototypeName];
  }
  if (properties !== undefined) out.properties = properties;
  if (Object.keys(patterns).length > 0) out.patternProperties = patterns;
  emitRest(work, 'additionalProperties');
  emitRest(work, 'unevaluatedProperties');
  if (isSchema(node.propertyNames)) out.propertyNames = emitPart(work, ['propertyNames'], node.propertyNames);
  emitRequired(work);
  emitUnwanted(work);
}

/** A keyword for what the others left over: `false` stays as it is, for a message of its own. */
function emitRest(
  work: Work,
  keyword: 'additionalProperties' | 'unevaluatedProperties' | 'unevaluatedItems' | 'items',
): void {
  const schema = usable(work, keyword);
  if (schema === undefined || schema === true) return;
  work.out[keyword] = schema === false ? false : emitPart(work, [keyword], schema);
}

function wantedNames(work: Work, names: unknown): string[] {
  if (!Array.isArray(names)) return [];
  return [...new Set(names)].filter((name) => typeof name === 'string' && !work.unwanted.has(name));
}

function emitRequired(work: Work): void {
  const { node, out } = work;
  const required = wantedNames(work, node.required);
  if (required.length > 0) out.required = required;
  if (!isRecord(node.dependentRequired)) return;
  const dependent: Emitted = Object.create(null);
  for (const [name, names] of Object.entries(node.dependentRequired))
    dependent[name] = wantedNames(work, names);
  out.dependentRequired = dependent;
}

function emitUnwanted({ node, out, direction }: Work): void {
  if (!isRecord(node.properties)) return;
  const names = Object.entries(node.properties)
    .filter(([, schema]) => isUnwanted(schema, direction))
    .map(([name]) => name);
  if (names.length > 0) out.unwantedMembers = names;
}

function emitItems(work: Work): void {
  const { out } = work;
  const prefix = usable(work, 'prefixItems');
  if (prefix !== undefined) {
    out.prefixItems = prefix.map((schema, index) => emitPart(work, ['prefixItems', index], schema));
  }
  emitRest(work, 'items');
  emitRest(work, 'unevaluatedItems');
  const contains = usable(work, 'contains');
  if (contains === undefined) return;
  out.contains = emitPart(work, ['contains'], contains);
  for (const keyword of ['minContains', 'maxContains'] as const) {
    const value = usable(work, keyword);
    if (value !== undefined) out[keyword] = value;
  }
}

/** A schema that counts as a whole for the same value; `undefined` where it leads back and would never end. */
function emitWhole(work: Work, keys: Keys, schema: Schema): Emitted | undefined {
  const { node, unwanted } = work;
  const isLoop = leadsBack(schema, node);
  if (isLoop && work.form === 'base' && leadsBack(schema, node, 'whole')) return undefined;
  return emitChild(work, keys, { schema, form: isLoop ? 'base' : 'full', unwanted });
}

function emitWholes(work: Work): void {
  const { out, node } = work;
  const parts = usable(work, 'allOf')?.map((schema, index) => emitWhole(work, ['allOf', index], schema));
  if (parts !== undefined) out.allOf = parts.filter((part) => part !== undefined);
  const conditional = ['not', ...(isSchema(node.if) ? (['if', 'then', 'else'] as const) : [])] as const;
  for (const keyword of conditional) {
    const schema = usable(work, keyword);
    const emitted = schema === undefined ? undefined : emitWhole(work, [keyword], schema);
    if (emitted !== undefined) out[keyword] = emitted;
  }
  if (!isRecord(node.dependentSchemas)) return;
  const dependent: Emitted = Object.create(null);
  for (const [name, schema] of Object.entries(node.dependentSchemas)) {
    if (isSchema(schema)) dependent[name] = emitWhole(work, ['dependentSchemas', name], schema) ?? true;
  }
  out.dependentSchemas = dependent;
}

function emitChoices(work: Work): void {
  const { node, form, out } = work;
  const { discriminator } = node;
  if (discriminator !== undefined && form !== 'choices') {
    const branches = [...discriminator.branches.values()];
    if (form === 'base' && branches.some((branch) => leadsBack(branch, node))) return;
    out.choose = createChooser(node, {
      branch: (schema, key) => companionLink(work, ['discriminator', 'mapping', key], schema),
      choices: work.linkTo(work.place, {
        direction: work.direction,
        form: 'choices',
        unwanted: work.unwanted,
      }),
    });
    return;
  }
  for (const keyword of ['oneOf', 'anyOf'] as const) emitChoice(work, keyword);
}

function emitChoice(work: Work, keyword: 'oneOf' | 'anyOf'): void {
  const { node, unwanted } = work;
  const branches = usable(work, keyword);
  if (branches === undefined) return;
  if (work.form === 'base' && branches.some((branch) => leadsBack(branch, node))) return;
  work.out[keyword] = branches.map((schema, index) => {
    // A branch that is the schema itself again cannot hold where nothing else does.
    const isEndless = leadsBack(schema, node, 'choice');
    return emitChild(work, [keyword, index], { schema: isEndless ? false : schema, form: 'full', unwanted });
  });
}
