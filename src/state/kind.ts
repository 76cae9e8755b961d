import type { Random } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import { compileGenerator, type Generator, type GeneratorOptions } from '../generate/index.ts';
import {
  type ApiPlan,
  allPropertiesOf,
  ancestorsOf,
  correctionOf,
  idPropertyIn,
  knownListOf,
  type MediaTypePlan,
  mediaSchema,
  type PartRole,
  type PathMember,
  plainName,
  type Resource,
  requiredOf,
  successMedia,
  type ThingPlace,
  thingPlaceOf,
} from '../plan/index.ts';
import { compileSchema, deepEqual, follow, type Schema } from '../schema/index.ts';

/** What a keeper makes things with. */
export interface MakerSettings {
  readonly locale?: string;
  readonly fillProperties: boolean;
}

/** A resource whose things are kept, with what its operations' schemas say of them. */
export interface Kind {
  readonly resource: Resource;
  /** The fullest description of one thing. */
  readonly schema: Schema;
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: ReadonlySet<string>;
  readonly generator: Generator;
  /** The property that the path names a thing by; where the schema shows none, things have an id all the same. */
  readonly idProperty: string | undefined;
  readonly makeId: (random: Random, now: number) => unknown;
  /** What the path says of a thing, by the resource's parents. */
  readonly above: readonly (PathMember | undefined)[];
  /** Whether ids are whole numbers that count up. */
  readonly counts: boolean;
  /** Whether clients can make things: else there is some data to begin with. */
  readonly creates: boolean;
}

/** The kind of a resource's things, with the roles that operations of other paths have in it; `undefined` where its operations tell of no object that could be kept. */
export function kindOf(
  resource: Resource,
  plan: ApiPlan,
  { settings, elsewhere }: { readonly settings: MakerSettings; readonly elsewhere: ReadonlySet<PartRole> },
): Kind | undefined {
  const { create, list } = resource.operations;
  const creates = create !== undefined || elsewhere.has('create');
  // What can only be read by an id that nobody lists may be anything: `/weather/{city}`.
  if (!creates && list === undefined && !elsewhere.has('list') && resource.isSingle !== true)
    return undefined;
  const schema = thingSchemaOf(resource, plan);
  if (schema === undefined) return undefined;
  const properties = allPropertiesOf(schema);
  // What is read of a thing may not show what its path names it by: a row of the list, or the answer to creating one, may.
  const idProperty =
    resource.isSingle === true ? undefined : idPropertyIn(resource, thingSchemasOf(resource, plan));
  const named = idParameterSchema(resource);
  const idSchema = (idProperty === undefined ? undefined : properties.get(idProperty)) ?? named ?? usualId;
  const options = {
    direction: 'response',
    source: 'faker',
    fillProperties: settings.fillProperties,
    ...(settings.locale === undefined ? {} : { locale: settings.locale }),
  } as const;
  const names = [resource.noun, idProperty ?? 'id'];
  return {
    resource,
    schema,
    properties,
    required: requiredOf(schema),
    generator: compileGenerator(schema, { ...options, names: [resource.noun] }),
    idProperty,
    above: readAbove(resource, properties, idProperty),
    makeId: idMaker([idSchema, named ?? idSchema], { ...options, names }),
    counts: isCounted(idSchema),
    creates,
  };
}

/** What stands in a resource's name for its variables is written out for that. */
function readAbove(
  { name, parents }: Resource,
  properties: ReadonlyMap<string, Schema>,
  own: string | undefined,
): Kind['above'] {
  if (parents.length === 0) return [];
  let count = 0;
  const path = name.replace(/\{\}/g, () => `{${parents[count++] ?? ''}}`);
  const members = ancestorsOf(path, properties, own);
  return parents.map((parent) => members.get(parent));
}

function isCounted(schema: Schema): boolean {
  const node = follow(schema);
  return (
    typeof node === 'object' && (node.type === 'integer' || node.type === 'number') && node.enum === undefined
  );
}

const usualId: Schema = { type: 'string', format: 'uuid' };

/** Makes ids that a thing can show and, where that can be, that its path can name as well. */
function idMaker(
  [shown, named]: readonly [shown: Schema, named: Schema],
  options: GeneratorOptions,
): Kind['makeId'] {
  const [byThing, byPath] = [compileGenerator(shown, options), compileGenerator(named, options)];
  const isOne = asksTheSame(shown, named);
  return (random, now) => {
    const id = byThing.generate({ random, now });
    if (isOne || compileSchema(named).isValid(id)) return id;
    const other = byPath.generate({ random, now });
    return compileSchema(shown).isValid(other) ? other : id;
  };
}

const words = new Set(['title', 'description', 'readOnly', 'writeOnly', 'deprecated', 'example', 'examples']);

/** Whether two schemas of texts or numbers are equal but for what no value is judged by. */
function asksTheSame(one: Schema, other: Schema): boolean {
  const asked = (schema: Schema): Readonly<Record<string, unknown>> => {
    const entries = Object.entries(follow(schema)).filter(([keyword]) => !words.has(keyword));
    return Object.fromEntries(entries);
  };
  const isPlain = (keywords: Readonly<Record<string, unknown>>): boolean =>
    Object.values(keywords).every((value) => typeof value !== 'object');
  const [left, right] = [asked(one), asked(other)];
  return one === other || (isPlain(left) && isPlain(right) && 'type' in left && deepEqual(left, right));
}

function idParameterSchema(resource: Resource): Schema | undefined {
  for (const operation of Object.values(resource.operations)) {
    const found = operation.parameters.find(
      ({ name, in: place }) => place === 'path' && name === resource.idParameter,
    );
    if (found !== undefined) return found.schema;
  }
  return undefined;
}

/**
 * By the answer to reading one, else the rows of the list, else what creating one, or changing it, answers; where none of them
 * tells of the thing, by what is asked for it.
 */
function thingSchemaOf(resource: Resource, plan: ApiPlan): Schema | undefined {
  const { read, list, create, replace, update } = resource.operations;
  const written = [create, replace, update].map((operation) => askedOf(operation, resource, plan));
  const asked = written.find((schema) => allPropertiesOf(schema).size > 0);
  const isAbout = (schema: Schema | undefined): schema is Schema =>
    allPropertiesOf(schema).size > 0 && (asked === undefined || tellsOf(resource, [schema, asked]));
  const seen = [read, list].map((operation) => shownOf(operation, resource, plan));
  const answered = [create, replace, update].map((operation) => shownOf(operation, resource, plan));
  return seen.find((schema) => allPropertiesOf(schema).size > 0) ?? answered.find(isAbout) ?? asked;
}

/** Whether an answer shows of a thing what was asked for it, or what names it. */
function tellsOf(resource: Resource, [shown, asked]: readonly [Schema | undefined, Schema]): boolean {
  const names = new Set([...allPropertiesOf(asked).keys()].map(plainName));
  return (
    [...allPropertiesOf(shown).keys()].some((name) => names.has(plainName(name))) ||
    idPropertyIn(resource, [shown]) !== undefined
  );
}

/** What the operations of a resource show of one thing. */
function thingSchemasOf(resource: Resource, plan: ApiPlan): Schema[] {
  const { read, list, create, replace, update } = resource.operations;
  return [read, list, create, replace, update].flatMap(
    (operation) => shownOf(operation, resource, plan) ?? [],
  );
}

function shownOf(operation: ApiOperation | undefined, resource: Resource, plan: ApiPlan): Schema | undefined {
  if (operation === undefined || operation.disabledBy !== undefined) return undefined;
  const media = successMedia(plan.compile(operation));
  const schema = media === undefined ? undefined : mediaSchema(media.object);
  return operation === resource.operations.list
    ? knownListOf(schema, [resource.noun], correctionOf(operation).items)?.itemSchema
    : thingPlaceOf(resource, schema)?.schema;
}

function askedOf(operation: ApiOperation | undefined, resource: Resource, plan: ApiPlan): Schema | undefined {
  if (operation === undefined || operation.disabledBy !== undefined) return undefined;
  const types = plan.compile(operation).body?.mediaTypes ?? [];
  const media = types.find(({ mediaType }) => /json/i.test(mediaType)) ?? types[0];
  return media === undefined ? undefined : placeIn(media, resource)?.schema;
}

const places = new WeakMap<MediaTypePlan, { readonly place: ThingPlace | undefined }>();

/** Where a body of a media type has the thing. */
export function placeIn(media: MediaTypePlan, resource: Resource): ThingPlace | undefined {
  const known = places.get(media);
  if (known !== undefined) return known.place;
  const place = thingPlaceOf(resource, mediaSchema(media.object));
  places.set(media, { place });
  return place;
}
