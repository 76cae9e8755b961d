import { allPropertiesOf, listShapeOf, type MediaTypePlan, mediaSchema } from '../plan/index.ts';
import { follow, type Schema } from '../schema/index.ts';
import { isRecord, memberAt } from '../wire/index.ts';
import type { Thing } from './collection.ts';
import { type Kind, placeIn } from './kind.ts';
import type { Asked } from './outcome.ts';
import type { Place } from './place.ts';
import { spelledAs } from './spelling.ts';

/** A request's body, and where it acts. */
export interface Sending {
  readonly asked: Asked;
  readonly place: Place;
}

/** What a body says of a thing; `undefined` where it is something else: a list, a text, bytes. */
export function sentOf({ asked: { body }, place }: Sending): Thing | undefined {
  if (body.value === undefined) return {};
  const steps = body.plan === undefined ? [] : (placeIn(body.plan, place.kind.resource)?.steps ?? []);
  const sent = memberAt(body.value, steps);
  return isRecord(sent) ? told(place.kind, sent, body.plan) : undefined;
}

/** The schema of what may be sent. */
export function askedSchema({ asked: { body }, place }: Sending): Schema | undefined {
  if (body.plan === undefined) return undefined;
  return placeIn(body.plan, place.kind.resource)?.schema ?? mediaSchema(body.plan.object);
}

/** Things that one body tells of, and the schema of each. */
export interface Several {
  readonly things: readonly Thing[];
  readonly schema: Schema;
}

/** The things of a body that is a list of them, or that wraps one; `undefined` where it tells of one at most. */
export function severalOf({ asked: { body }, place: { kind } }: Sending): Several | undefined {
  const shape = body.plan === undefined ? undefined : severalIn(body.plan, kind);
  const found = shape === undefined ? undefined : memberAt(body.value, shape.items);
  if (shape === undefined || !Array.isArray(found) || !found.every(isRecord)) return undefined;
  return { things: found.map((one) => told(kind, one, body.plan)), schema: shape.itemSchema };
}

const shapes = new WeakMap<
  MediaTypePlan,
  WeakMap<Kind, { readonly shape: ReturnType<typeof listShapeOf> }>
>();

/** How a media type holds several things of a kind: a list under their name, whose items share properties with them, and the whole none. */
export function severalIn(media: MediaTypePlan, kind: Kind): ReturnType<typeof listShapeOf> {
  const ofMedia =
    shapes.get(media) ?? new WeakMap<Kind, { readonly shape: ReturnType<typeof listShapeOf> }>();
  shapes.set(media, ofMedia);
  const known = ofMedia.get(kind) ?? { shape: readSeveral(media, kind) };
  ofMedia.set(kind, known);
  return known.shape;
}

function readSeveral({ object }: MediaTypePlan, kind: Kind): ReturnType<typeof listShapeOf> {
  const schema = mediaSchema(object);
  const isTold = (one: Schema): boolean =>
    [...allPropertiesOf(one).keys()].some((name) => kind.properties.has(name));
  // One thing or several may be allowed: `{ oneOf: [Thing, { type: array, items: Thing }] }`.
  for (const branch of schema === undefined ? [] : [schema, ...choicesOf(schema)]) {
    const shape = listShapeOf(branch, [kind.resource.noun]);
    if (shape !== undefined && isTold(shape.itemSchema) && !isTold(branch)) return shape;
  }
  return undefined;
}

function choicesOf(schema: Schema): readonly Schema[] {
  const node = follow(schema);
  return typeof node === 'boolean' ? [] : [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
}

/** Under the names that the thing has; bytes are no member of it, and what a form can only write as JSON is read. */
function told(kind: Kind, sent: Thing, media: MediaTypePlan | undefined): Thing {
  const spelled = spelledAs(kind, sent);
  const isForm = /form/i.test(media?.mediaType ?? '');
  if (!isForm && !Object.values(spelled).some((value) => value instanceof Uint8Array)) return spelled;
  const kept = Object.entries(spelled).filter(([, value]) => !(value instanceof Uint8Array));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, isForm && isOpen(kind, name) ? readText(value) : value]),
  );
}

/** Whether a member may be anything. */
function isOpen({ properties }: Kind, name: string): boolean {
  const schema = properties.get(name);
  const node = schema === undefined ? undefined : follow(schema);
  return typeof node === 'object' && node.type === undefined && node.enum === undefined;
}

function readText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // A text that only begins like JSON is a text.
    return value;
  }
}
