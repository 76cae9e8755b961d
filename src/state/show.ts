import type { Random } from '../core/index.ts';
import { compileGenerator, type Generator } from '../generate/index.ts';
import { allPropertiesOf, type MediaTypePlan, mediaSchema, type ThingPlace } from '../plan/index.ts';
import { compileSchema, follow, memberNamed, type Schema, type Validator } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';
import type { Entry, Thing } from './collection.ts';
import { isFlagged } from './flags.ts';
import { withMemberAt } from './json-steps.ts';
import { type Kind, placeIn } from './kind.ts';
import { severalIn } from './sent.ts';

/** Shows things by one schema: what it declares of them, and nothing that is only written. */
export interface Shower {
  /** An entry's thing as the schema has it, valid; remembered as long as the thing is. */
  show(entry: Shown, random: Random, now: number): unknown;
  /** Takes the word of who has just judged an entry's thing by the same schema. */
  trust(entry: Shown): void;
}

/** An entry, as far as it is shown. */
export type Shown = Pick<Entry, 'thing' | 'plainTo'>;

const known = new WeakMap<object, Shower>();

/** The shower of a schema; `names` are the words that tell what its things are. */
export function showerOf(schema: Schema, names: readonly string[]): Shower {
  const key = typeof schema === 'object' ? schema : undefined;
  const found = key === undefined ? undefined : known.get(key);
  if (found !== undefined) return found;
  const shower = createShower(schema, names);
  if (key !== undefined) known.set(key, shower);
  return shower;
}

function createShower(schema: Schema, names: readonly string[]): Shower {
  const shown = new WeakMap<Thing, unknown>();
  let parts: { readonly validator: Validator; readonly generator: Generator } | undefined;
  const shower: Shower = {
    show(entry, random, now) {
      const { thing } = entry;
      if (entry.plainTo === shower) return thing;
      const before = shown.get(thing);
      if (before !== undefined) return before;
      parts ??= {
        validator: compileSchema(schema),
        generator: compileGenerator(schema, { direction: 'response', source: 'faker', names }),
      };
      const plain = projected(thing, schema, 0);
      const isValid = parts.validator.isValid(plain);
      if (isValid && plain === thing) {
        entry.plainTo = shower;
        return thing;
      }
      const value = isValid
        ? plain
        : repaired(plain, parts.generator.generate({ random, now, wanted: thing }), parts.validator);
      shown.set(thing, value);
      return value;
    },
    trust(entry) {
      if (projected(entry.thing, schema, 0) === entry.thing) entry.plainTo = shower;
    },
  };
  return shower;
}

interface Projection {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly isOpen: boolean;
}

const projections = new WeakMap<object, Projection>();

/** Read once: every thing that is shown passes here. */
function projectionOf(schema: Schema): Projection {
  const found = typeof schema === 'object' ? projections.get(schema) : undefined;
  if (found !== undefined) return found;
  const properties = allPropertiesOf(schema);
  const projection = { properties, isOpen: properties.size === 0 || letsInOthers(schema) };
  if (typeof schema === 'object') projections.set(schema, projection);
  return projection;
}

/** The members that a schema declares; where it declares none, or lets in others by name, all: then the thing itself, which takes no room. */
function projected(thing: Thing, schema: Schema, depth: number): Thing {
  const { properties, isOpen } = projectionOf(memberNamed(schema, thing) ?? schema);
  const result: Record<string, unknown> = {};
  let isWhole = true;
  for (const name of Object.keys(thing)) {
    const declared = properties.get(name);
    const value = thing[name];
    if (declared === undefined ? !isOpen : isFlagged(declared, 'writeOnly')) {
      isWhole = false;
      continue;
    }
    const isNested =
      declared !== undefined && depth < 4 && isRecord(value) && projectionOf(declared).properties.size > 0;
    const own = isNested ? projected(value, declared, depth + 1) : value;
    isWhole &&= own === value;
    setOwn(result, name, own);
  }
  return isWhole ? thing : result;
}

function letsInOthers(schema: Schema): boolean {
  const node = follow(schema);
  if (typeof node === 'boolean') return node;
  return node.additionalProperties !== undefined && node.additionalProperties !== false;
}

/** A valid value with as much of the thing as it can hold. */
function repaired(plain: Thing, made: unknown, validator: Validator): unknown {
  if (!isRecord(made)) return made;
  const whole = { ...made, ...plain };
  if (validator.isValid(whole)) return whole;
  let result: Record<string, unknown> = { ...made };
  for (const [name, value] of Object.entries(plain)) {
    const candidate = { ...result };
    setOwn(candidate, name, value);
    if (validator.isValid(candidate)) result = candidate;
  }
  return result;
}

/** What a body is made from. */
export interface Showing {
  readonly entry: Shown;
  readonly random: Random;
  readonly now: number;
}

/** The body that shows a thing; `undefined` where the media type's body is about something else. */
export function bodyOf(
  kind: Kind,
  media: MediaTypePlan | undefined,
  { entry, random, now }: Showing,
): unknown {
  const place = media === undefined ? undefined : placeAbout(kind, media);
  if (media === undefined || place === undefined) return undefined;
  const shown = showerOf(place.schema, [kind.resource.noun]).show(entry, random, now);
  if (place.steps.length === 0) return shown;
  const around = wrapperOf(media).generate({ random: random.fork('around'), now });
  const body = withMemberAt(around, place.steps, shown);
  return media.validator.isValid(body) ? body : around;
}

/** What several things are made into. */
export interface ShowingSeveral extends Omit<Showing, 'entry'> {
  readonly entries: readonly Shown[];
}

/** The body that shows several things; `undefined` where the media type's body is about something else. */
export function bodyOfSeveral(
  kind: Kind,
  media: MediaTypePlan | undefined,
  { entries, random, now }: ShowingSeveral,
): unknown {
  const shape = media === undefined ? undefined : severalIn(media, kind);
  if (media === undefined || shape === undefined) return undefined;
  const shower = showerOf(shape.itemSchema, [kind.resource.noun]);
  const rows = entries.map((entry, index) => shower.show(entry, random.fork(index), now));
  if (shape.items.length === 0) return rows;
  const around = wrapperOf(media).generate({ random: random.fork('around'), now });
  const body = withMemberAt(around, shape.items, rows);
  return media.validator.isValid(body) ? body : undefined;
}

const placesAbout = new WeakMap<Kind, WeakMap<MediaTypePlan, { readonly place: ThingPlace | undefined }>>();

/** Where a media type's body has the thing, if it tells of things of a kind: what it declares is, at least in part, what they have. */
function placeAbout(kind: Kind, media: MediaTypePlan): ThingPlace | undefined {
  const places = placesAbout.get(kind) ?? new WeakMap();
  placesAbout.set(kind, places);
  const known = places.get(media);
  if (known !== undefined) return known.place;
  const place = placeIn(media, kind.resource);
  const declared = [...allPropertiesOf(place?.schema).keys()];
  const isAbout =
    declared.length === 0 || declared.some((name) => name === kind.idProperty || kind.properties.has(name));
  places.set(media, { place: isAbout ? place : undefined });
  return isAbout ? place : undefined;
}

/** Whether a media type's body has things of a kind as reading one does. */
export function showsThing(kind: Kind, media: MediaTypePlan | undefined): boolean {
  const place = media === undefined ? undefined : placeAbout(kind, media);
  return place !== undefined && follow(place.schema) === follow(kind.schema);
}

const wrapperGenerators = new WeakMap<MediaTypePlan, Generator>();

function wrapperOf(media: MediaTypePlan): Generator {
  const generator =
    wrapperGenerators.get(media) ??
    compileGenerator(mediaSchema(media.object) ?? true, { direction: 'response', source: 'faker' });
  wrapperGenerators.set(media, generator);
  return generator;
}
