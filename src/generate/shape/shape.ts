import { type Direction, deepEqual, follow, type Schema, type SchemaObject } from '../../schema/index.ts';
import { type ArrayFacts, readArrayFacts } from '../facts/array-facts.ts';
import { type NumberFacts, readNumberFacts } from '../facts/number-facts.ts';
import { type ObjectFacts, readObjectFacts } from '../facts/object-facts.ts';
import { readStringFacts, type StringFacts } from '../facts/string-facts.ts';
import { type Kind, kindOf, kindsOf } from '../facts/type-set.ts';
import { type Choice, type Conjunction, conjoin, decide, nothing } from './conjunction.ts';

/** The compiled form of all the schemas that hold for one value. Equal lists of schemas share one shape. */
export interface Shape {
  readonly schemas: readonly Schema[];
  readonly direction: Direction;
  readonly conjunction: Conjunction;
  /** The shape that each alternative of the first open choice leads to; none where nothing is open. */
  readonly branches: readonly (() => Shape)[];
  readonly choice: Choice | undefined;
  /** What must be kept once nothing is open. */
  readonly leaf: Leaf | undefined;
  /** What the analysis remembers: how deep the shallowest value is; `Infinity` where there is none. */
  depth: number | undefined;
  /** How much the analysis looked at to know the depth: charged again, so that answers do not hang on what was asked before. */
  cost: number;
}

/** A shape with nothing left to choose but the kind of value. */
export interface Leaf {
  readonly kinds: readonly Kind[];
  readonly parts: readonly SchemaObject[];
  /** The only values, where `const` or `enum` list them. */
  readonly values: readonly unknown[] | undefined;
  /** Values that `not` excludes. */
  readonly barred: readonly unknown[];
  readonly number: (kind: 'integer' | 'fraction') => NumberFacts;
  readonly string: () => StringFacts;
  readonly array: () => ArrayFacts;
  readonly object: () => ObjectFacts;
}

const everything: SchemaObject = {};

const known: Readonly<Record<Direction, WeakMap<SchemaObject, Map<string, Shape>>>> = {
  request: new WeakMap(),
  response: new WeakMap(),
};

const numbers = new WeakMap<SchemaObject, number>();
let lastNumber = 0;

function numberOf(schema: SchemaObject): number {
  const before = numbers.get(schema);
  if (before !== undefined) return before;
  lastNumber += 1;
  numbers.set(schema, lastNumber);
  return lastNumber;
}

/** The shape of the value for which all the schemas hold, made once per list of schemas and direction. */
export function shapeOf(schemas: readonly Schema[], direction: Direction): Shape {
  const objects = distinct(schemas);
  const [first = everything] = objects;
  const key = objects.map(numberOf).join();
  let shapes = known[direction].get(first);
  if (shapes === undefined) {
    shapes = new Map();
    known[direction].set(first, shapes);
  }
  const before = shapes.get(key);
  if (before !== undefined) return before;
  const shape = makeShape(conjoin(objects, direction), { schemas: objects, direction });
  shapes.set(key, shape);
  return shape;
}

/** Schemas as objects, recursion followed, `true` and repetitions left out. */
function distinct(schemas: readonly Schema[]): SchemaObject[] {
  const objects = new Set<SchemaObject>();
  for (const schema of schemas) {
    const target = follow(schema);
    if (target === false) return [nothing];
    if (target !== true) objects.add(target);
  }
  return [...objects];
}

type Place = Pick<Shape, 'schemas' | 'direction'>;

function makeShape(conjunction: Conjunction, place: Place): Shape {
  const [choice] = conjunction.choices;
  const branch = (index: number) => {
    let made: Shape | undefined;
    return () => {
      made ??= makeBranch(conjunction, choice, index, place);
      return made;
    };
  };
  const hopeless = conjunction.impossible !== undefined;
  return {
    ...place,
    conjunction,
    choice: hopeless ? undefined : choice,
    branches: hopeless ? [] : (choice?.alternatives ?? []).map((_, index) => branch(index)),
    leaf: choice === undefined || hopeless ? makeLeaf(conjunction, place.direction) : undefined,
    depth: hopeless ? Number.POSITIVE_INFINITY : undefined,
    cost: 0,
  };
}

/** The shape of a conjunction that was derived from a shape's own. */
export function shapeFrom(conjunction: Conjunction, { schemas, direction }: Shape): Shape {
  return makeShape(conjunction, { schemas, direction });
}

function makeBranch(
  conjunction: Conjunction,
  choice: Choice | undefined,
  index: number,
  place: Place,
): Shape {
  const alternative = choice?.alternatives[index];
  const decided = alternative === undefined ? conjunction : decide(conjunction, alternative);
  return makeShape(decided, place);
}

function makeLeaf(conjunction: Conjunction, direction: Direction): Leaf {
  const parts = conjunction.parts.map((part) => part.schema);
  const barred = conjunction.barred.flatMap(valuesOf);
  const notMultiples = conjunction.barred.flatMap(({ multipleOf }) => multipleOf ?? []);
  const notPatterns = conjunction.barred.flatMap(({ pattern }) => pattern ?? []);
  const allowed = kindsOf(parts);
  const listed = listedValues(parts);
  const values = listed?.filter(
    (value) =>
      allowed.some((kind) => kind === kindOf(value)) && !barred.some((other) => deepEqual(other, value)),
  );
  return {
    kinds:
      values === undefined ? allowed : allowed.filter((kind) => values.some((one) => kindOf(one) === kind)),
    parts,
    values,
    barred,
    number: once2((kind) => readNumberFacts(parts, kind === 'integer', notMultiples)),
    string: once(() => readStringFacts(parts, notPatterns)),
    array: once(() => readArrayFacts(conjunction.parts)),
    object: once(() => readObjectFacts(conjunction.parts, direction)),
  };
}

function once<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

function once2<Key extends string, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const before = made.get(key);
    if (before !== undefined) return before;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function valuesOf(schema: SchemaObject): readonly unknown[] {
  if (schema.enum !== undefined) return schema.enum;
  return Object.hasOwn(schema, 'const') ? [schema.const] : [];
}

/** The values that every `enum` and `const` lists; `undefined` where there is none of them. */
function listedValues(parts: readonly SchemaObject[]): readonly unknown[] | undefined {
  let values: readonly unknown[] | undefined;
  for (const part of parts) {
    if (part.enum === undefined && !Object.hasOwn(part, 'const')) continue;
    const own = part.enum === undefined ? [part.const] : part.enum;
    const both = Object.hasOwn(part, 'const') ? own.filter((one) => deepEqual(one, part.const)) : own;
    values =
      values === undefined ? both : values.filter((value) => both.some((one) => deepEqual(one, value)));
  }
  return values;
}
