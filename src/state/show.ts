import type { Random } from '../core/index.ts';
import { compileGenerator, type Generator } from '../generate/index.ts';
import { allPropertiesOf, type MediaTypePlan, mediaSchema } from '../plan/index.ts';
import { compileSchema, follow, type Schema, type Validator } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';
import type { Thing } from './collection.ts';
import { withMemberAt } from './json-steps.ts';
import { type Kind, placeIn } from './kind.ts';
import { isFlagged } from './make-thing.ts';

/** Shows things by one schema: what it declares of them, and nothing that is only written. */
export interface Shower {
  /** The thing as the schema has it, valid; remembered as long as the thing is. */
  show(thing: Thing, random: Random, now: number): unknown;
}

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
  const shown = new WeakMap<Thing, { readonly value: unknown }>();
  let parts: { readonly validator: Validator; readonly generator: Generator } | undefined;
  return {
    show(thing, random, now) {
      const before = shown.get(thing);
      if (before !== undefined) return before.value;
      parts ??= {
        validator: compileSchema(schema),
        generator: compileGenerator(schema, { direction: 'response', source: 'faker', names }),
      };
      const plain = projected(thing, schema, 0);
      const value = parts.validator.isValid(plain)
        ? plain
        : repaired(plain, parts.generator.generate({ random, now, wanted: thing }), parts.validator);
      shown.set(thing, { value });
      return value;
    },
  };
}

/** The members that a schema declares; where it declares none, or lets in others by name, all. */
function projected(thing: Thing, schema: Schema, depth: number): Record<string, unknown> {
  const properties = allPropertiesOf(schema);
  const isOpen = properties.size === 0 || letsInOthers(schema);
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(thing)) {
    const declared = properties.get(name);
    if (declared === undefined ? !isOpen : isFlagged(declared, 'writeOnly')) continue;
    const value = thing[name];
    const isNested =
      declared !== undefined && depth < 4 && isRecord(value) && allPropertiesOf(declared).size > 0;
    setOwn(result, name, isNested ? projected(value, declared, depth + 1) : value);
  }
  return result;
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
  readonly thing: Thing;
  readonly random: Random;
  readonly now: number;
}

/** The body that shows a thing; `undefined` where the media type's body is about something else. */
export function bodyOf(
  kind: Kind,
  media: MediaTypePlan | undefined,
  { thing, random, now }: Showing,
): unknown {
  const place = media === undefined ? undefined : placeIn(media, kind.resource);
  if (media === undefined || place === undefined || !isAbout(place.schema, kind)) return undefined;
  const shown = showerOf(place.schema, [kind.resource.noun]).show(thing, random, now);
  if (place.steps.length === 0) return shown;
  const around = wrapperOf(media).generate({ random: random.fork('around'), now });
  const body = withMemberAt(around, place.steps, shown);
  return media.validator.isValid(body) ? body : around;
}

/** Whether a schema tells of things of a kind: what it declares is, at least in part, what they have. */
function isAbout(schema: Schema, { properties }: Kind): boolean {
  const declared = allPropertiesOf(schema);
  return declared.size === 0 || [...declared.keys()].some((name) => properties.has(name));
}

const wrapperGenerators = new WeakMap<MediaTypePlan, Generator>();

function wrapperOf(media: MediaTypePlan): Generator {
  const generator =
    wrapperGenerators.get(media) ??
    compileGenerator(mediaSchema(media.object) ?? true, { direction: 'response', source: 'faker' });
  wrapperGenerators.set(media, generator);
  return generator;
}
