import { ApidoubleError, childOrigin, type Random } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import type { Generator } from '../generate/index.ts';
import { compileGenerator, type GeneratorOptions, roomForItems, type Source } from '../generate/index.ts';
import {
  ancestorsOf,
  correctionOf,
  idPropertyOf,
  knownListOf,
  type ListShape,
  listShapeOf,
  type MediaTypePlan,
  nounOf,
  type OperationPlan,
  type Paging,
  type PathMembers,
  pagingOf,
  plainName,
  propertiesOf,
  type ResourcePart,
  showsOne,
  thingPlaceOf,
} from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { makingSchema } from '../wire/index.ts';

/** What a producer was made for. */
export interface ProducerSettings {
  readonly locale?: string;
  readonly fillProperties: boolean;
}

/** Makes one thing of a resource: the same stream and id give the same thing wherever it is shown. */
export interface ThingMaker {
  readonly generator: Generator;
  readonly schema: Schema;
  /** The property that holds the id, and what makes one. */
  readonly id:
    | { readonly property: string; readonly generator: Generator; readonly schema: Schema }
    | undefined;
  /** What the path says of it, its id included. */
  readonly pathMembers: PathMembers;
}

/** How the bodies of one media type of one operation are made. */
export type BodyMaker =
  | { readonly kind: 'empty' }
  | { readonly kind: 'plain'; readonly generator: Generator; readonly pathMembers: PathMembers }
  | {
      readonly kind: 'thing';
      readonly thing: ThingMaker;
      readonly part: ResourcePart;
      /** What the thing stands in, and where: `['data']`. */
      readonly wrapper?: { readonly generator: Generator; readonly steps: readonly string[] };
    }
  | {
      readonly kind: 'list';
      readonly envelope: Generator;
      readonly shape: ListShape;
      /** How many rows the body takes, whatever they are; `undefined` where it has to be judged with them. */
      readonly room: number | undefined;
      readonly thing: ThingMaker;
      readonly paging: Paging | undefined;
      readonly part: ResourcePart | undefined;
    };

/** What the makers of one operation's bodies have in common. */
export interface MakerContext {
  readonly plan: OperationPlan;
  readonly part: ResourcePart | undefined;
  readonly source: Source;
  readonly settings: ProducerSettings;
}

/**
 * Compiles the maker for a response's media type: a list, a thing of a resource, or whatever the schema says.
 * Throws `ERR_SCHEMA_UNSATISFIABLE` where the schema is `false`.
 */
export function compileBodyMaker(media: MediaTypePlan, success: boolean, context: MakerContext): BodyMaker {
  const schema = makingSchema(media.object);
  if (schema === undefined) return { kind: 'empty' };
  if (schema === false) throw nothingAllowed(media);
  const { part } = context;
  if (success && context.plan.operation.method === 'GET' && part?.role !== 'read') {
    const list = compileList(schema, context);
    if (list !== undefined) return list;
  }
  if (success && part !== undefined && part.role !== 'list') {
    return compileOne(schema, part, context);
  }
  return {
    kind: 'plain',
    generator: compileGenerator(schema, optionsFor(context)),
    pathMembers: membersOfPath(context.plan.operation, schema),
  };
}

function compileOne(schema: Schema, part: ResourcePart, context: MakerContext): BodyMaker {
  const place = thingPlaceOf(part.resource, schema);
  const thing = compileThing(place?.schema ?? schema, context);
  if (place === undefined || place.steps.length === 0) return { kind: 'thing', thing, part };
  const generator = compileGenerator(schema, optionsFor(context));
  return { kind: 'thing', thing, part, wrapper: { generator, steps: place.steps } };
}

/** A schema that is `false` is no object: it cannot tell its own place. */
function nothingAllowed({ object }: MediaTypePlan): ApidoubleError {
  return new ApidoubleError(
    'ERR_SCHEMA_UNSATISFIABLE',
    `Cannot make a body for the schema "${childOrigin(object.origin, 'schema').pointer}": it is false, which allows nothing. Change the schema so that a value exists.`,
  );
}

function compileList(schema: Schema, context: MakerContext): BodyMaker | undefined {
  const { part, plan } = context;
  const said = correctionOf(plan.operation);
  const isKnown = part?.role === 'list' && !showsOne(plan.operation, part.resource);
  const shapeOf = isKnown ? knownListOf : listShapeOf;
  const shape = shapeOf(schema, [part?.resource.noun ?? nounOf(plan.operation.path)], said.items);
  if (shape === undefined) return undefined;
  const paging = pagingOf(
    plan.parameters.map((one) => one.parameter),
    said.paging,
  );
  const thing = compileThing(shape.itemSchema, context);
  // An array that nothing speaks of as a collection is a value like any other.
  const isPlain = part === undefined && paging === undefined && shape.members.length === 0;
  if (isPlain && thing.pathMembers.size === 0) return undefined;
  return {
    kind: 'list',
    envelope: compileGenerator(schema, optionsFor(context)),
    shape,
    room: roomForItems(schema, { path: shape.items, itemSchema: shape.itemSchema }),
    thing,
    paging,
    part,
  };
}

function compileThing(schema: Schema, context: MakerContext): ThingMaker {
  const names = [context.part?.resource.noun ?? nounOf(context.plan.operation.path)];
  const generator = compileGenerator(schema, { ...optionsFor(context), names });
  const property = context.part === undefined ? undefined : idPropertyOf(context.part.resource, schema);
  const idSchema = property === undefined ? undefined : propertiesOf(schema).get(property);
  const pathMembers = ancestorsOf(context.plan.operation.path, propertiesOf(schema), property);
  if (property === undefined || idSchema === undefined)
    return { generator, schema, id: undefined, pathMembers };
  const idGenerator = compileGenerator(idSchema, { ...optionsFor(context), names: [...names, property] });
  const idParameter = context.part?.resource.idParameter;
  if (idParameter !== undefined) pathMembers.set(idParameter, { property, schema: idSchema });
  return { generator, schema, id: { property, generator: idGenerator, schema: idSchema }, pathMembers };
}

/** What a path says of a body that is no thing of a resource: `id` is its `id`, unless something is made in a collection. */
function membersOfPath({ path, method }: ApiOperation, schema: Schema): PathMembers {
  const properties = propertiesOf(schema);
  const members = ancestorsOf(path, properties);
  const makes = method === 'POST' && /[^s{}]s\/*$/i.test(path);
  if (makes) return members;
  for (const [property, one] of properties) {
    const variable = path.match(/\{[^{}]+\}/g)?.find((name) => plainName(name) === plainName(property));
    if (variable !== undefined) members.set(variable.slice(1, -1), { property, schema: one });
  }
  return members;
}

function optionsFor({ source, settings }: MakerContext): GeneratorOptions {
  return {
    direction: 'response',
    source,
    fillProperties: settings.fillProperties,
    ...(settings.locale === undefined ? {} : { locale: settings.locale }),
  };
}

/** The stream of everything that a resource holds below the same parents. */
export function resourceStream(
  root: Random,
  part: ResourcePart,
  path: Readonly<Record<string, unknown>>,
): Random {
  let stream = root.fork(part.resource.name);
  for (const parent of part.resource.parents) stream = stream.fork(String(path[parent]));
  return stream;
}
