import { unwantedMembers } from './direction.ts';
import { createChooser } from './discriminator.ts';
import {
  emitAssertions,
  emitRequired,
  emitUnwanted,
  type Form,
  isSchema,
  type Keys,
  type Linker,
  usable,
  type Variant,
  type Work,
} from './emit-assertions.ts';
import { createEmitted, type Emitted, type Facts, type Link } from './emitted.ts';
import { evaluatedItems, evaluatedProperties } from './evaluated.ts';
import { leadsBack } from './in-place.ts';
import { isRecord } from './keyword-shapes.ts';
import { patternFault } from './pattern.ts';
import type { Place } from './place.ts';
import { countChoice } from './run-state.ts';
import { follow, type Schema } from './schema.ts';
import { isHeavy } from './sub-schemas.ts';

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
  const holds = (schema: Schema, value: unknown): boolean => {
    if (typeof schema === 'boolean') return schema;
    countChoice();
    return companionLink(work, [], schema).check(value);
  };
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    facts[keyword] = usable(work, keyword)?.map((schema, index) =>
      companionLink(work, [keyword, index], schema),
    );
  }
  facts.evaluatedProperties = (value) => evaluatedProperties(node, value, holds);
  facts.evaluatedItems = (value) => evaluatedItems(node, value, holds);
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
