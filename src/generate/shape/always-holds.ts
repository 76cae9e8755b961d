import { deepEqual, type Schema, type SchemaObject, typesOf, unwantedMembers } from '../../schema/index.ts';
import type { ObjectFacts } from '../facts/object-facts.ts';
import { kindsOfTypes } from '../facts/type-set.ts';
import { followed } from './conjunction.ts';
import { assertions } from './negate.ts';
import { isSameSchema } from './same-schema.ts';
import { type Leaf, type Shape, shapeOf } from './shape.ts';

/** How many schemas one proof may look at; what is not proven by then is not proven. */
const looks = 400;

/** How many schemas that must not hold are looked at: each branch of a wide oneOf has all the others to avoid. */
const mostAvoided = 64;

/**
 * Whether it is certain that every value of a shape satisfies a schema that must not hold: as where a branch of a oneOf
 * allows nothing that another does not allow too.
 */
export function meetsWhatItAvoids(shape: Shape): boolean {
  const { avoid } = shape.conjunction;
  if (shape.leaf === undefined || avoid.length === 0 || avoid.length > mostAvoided) return false;
  const proof: Proof = { left: looks };
  return avoid.some((schema) => holds(shape, schema, proof));
}

interface Proof {
  left: number;
}

interface Question {
  readonly shape: Shape;
  readonly leaf: Leaf;
  readonly schema: SchemaObject;
  readonly proof: Proof;
}

/** Whether all values of a shape satisfy a schema, proven keyword by keyword and without a search; `false` is "not proven". */
function holds(shape: Shape, schema: Schema, proof: Proof): boolean {
  const target = followed(schema);
  if (typeof target === 'boolean') return target;
  proof.left -= 1;
  if (proof.left < 0) return false;
  const { leaf, conjunction, branches } = shape;
  if (conjunction.parts.some((part) => isSameSchema(part.schema, target))) return true;
  if (leaf === undefined)
    return (
      branches.length > 0 && branches.every((branch) => isVoid(branch()) || holds(branch(), target, proof))
    );
  const question = { shape, leaf, schema: target, proof };
  return assertions(target).every((keyword) => (proofs[keyword] ?? unproven)(question));
}

/** Seen without looking any deeper: what else is impossible may hang on the very answer that is wanted. */
function isVoid({ conjunction, leaf }: Shape): boolean {
  return conjunction.impossible !== undefined || leaf?.kinds.length === 0;
}

type Prove = (question: Question) => boolean;

const unproven: Prove = () => false;

/** The keyword stands with the same value in a schema that holds. */
const stands =
  (keyword: keyof SchemaObject): Prove =>
  ({ leaf, schema }) =>
    leaf.parts.some((part) => deepEqual(part[keyword], schema[keyword]));

type Bound = 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum';
type Count = 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'minProperties' | 'maxProperties';

/** A schema that holds has a bound that is at least as narrow. */
const within =
  (keyword: Bound | Count, isNarrower: (own: number, asked: number) => boolean): Prove =>
  ({ leaf, schema }) =>
    leaf.parts.some((part) => {
      const [own, asked] = [part[keyword], schema[keyword]];
      return own !== undefined && asked !== undefined && isNarrower(own, asked);
    });

const atLeast = (own: number, asked: number): boolean => own >= asked;
const atMost = (own: number, asked: number): boolean => own <= asked;

const proofs: Readonly<Record<string, Prove>> = {
  type({ leaf, schema }) {
    const allowed = kindsOfTypes(typesOf(schema) ?? []);
    return leaf.kinds.every((kind) => allowed.has(kind));
  },
  const: ({ leaf, schema }) => leaf.values?.every((value) => deepEqual(value, schema.const)) === true,
  enum: ({ leaf, schema }) =>
    leaf.values?.every((value) => schema.enum?.some((one) => deepEqual(one, value)) === true) === true,
  minimum: within('minimum', atLeast),
  maximum: within('maximum', atMost),
  exclusiveMinimum: within('exclusiveMinimum', atLeast),
  exclusiveMaximum: within('exclusiveMaximum', atMost),
  minLength: within('minLength', atLeast),
  maxLength: within('maxLength', atMost),
  minItems: within('minItems', atLeast),
  maxItems: within('maxItems', atMost),
  minProperties: within('minProperties', atLeast),
  maxProperties: within('maxProperties', atMost),
  format: stands('format'),
  pattern: stands('pattern'),
  multipleOf: stands('multipleOf'),
  uniqueItems: stands('uniqueItems'),
  propertyNames: stands('propertyNames'),
  dependentRequired: stands('dependentRequired'),
  allOf: ({ shape, schema, proof }) => (schema.allOf ?? []).every((one) => holds(shape, one, proof)),
  anyOf: ({ shape, schema, proof }) => (schema.anyOf ?? []).some((one) => holds(shape, one, proof)),
  required: proveRequired,
  properties: proveProperties,
  additionalProperties: proveAdditional,
  items: proveItems,
  prefixItems: ({ schema }) => schema.items !== undefined,
};

function proveRequired({ shape, leaf, schema }: Question): boolean {
  if (!leaf.kinds.includes('object')) return true;
  const present = new Set(leaf.object().members.flatMap(({ name, required }) => (required ? [name] : [])));
  const unwanted = unwantedMembers(schema, shape.direction);
  return (schema.required ?? []).every((name) => present.has(name) || unwanted.has(name));
}

function proveProperties({ shape, leaf, schema, proof }: Question): boolean {
  if (!leaf.kinds.includes('object')) return true;
  const unwanted = unwantedMembers(schema, shape.direction);
  return Object.entries(schema.properties ?? {}).every(
    ([name, member]) => unwanted.has(name) || memberHolds({ shape, leaf, name }, member, proof),
  );
}

/** A member that the direction does not want is not judged: anything may stand there. */
function memberHolds(
  { shape, leaf, name }: { shape: Shape; leaf: Leaf; name: string },
  schema: Schema,
  proof: Proof,
): boolean {
  if (leaf.parts.some((part) => unwantedMembers(part, shape.direction).has(name))) return false;
  const member = shapeOf(leaf.object().schemasFor(name), shape.direction);
  return isVoid(member) || holds(member, schema, proof);
}

/** All other names: those that the shape has, and any one that it has not. */
function proveAdditional({ shape, leaf, schema, proof }: Question): boolean {
  if (!leaf.kinds.includes('object')) return true;
  const { additionalProperties = true, properties = {}, patternProperties } = schema;
  const facts = leaf.object();
  if (patternProperties !== undefined || facts.patterns.length > 0) return false;
  const others = [...namesOf(leaf, facts), anyOther].filter((name) => !Object.hasOwn(properties, name));
  return others.every((name) => memberHolds({ shape, leaf, name }, additionalProperties, proof));
}

const anyOther = '~any other';

function namesOf({ parts }: Leaf, { members }: ObjectFacts): Set<string> {
  const declared = parts.flatMap(({ properties = {} }) => Object.keys(properties));
  return new Set([...declared, ...members.map(({ name }) => name)]);
}

function proveItems({ shape, leaf, schema, proof }: Question): boolean {
  if (!leaf.kinds.includes('array')) return true;
  const { prefixItems = [], items = true } = schema;
  const facts = leaf.array();
  const last = Math.max(facts.rest, prefixItems.length);
  for (let index = 0; index <= last; index += 1) {
    const item = shapeOf(facts.schemasAt(index), shape.direction);
    if (!isVoid(item) && !holds(item, prefixItems[index] ?? items, proof)) return false;
  }
  return true;
}
