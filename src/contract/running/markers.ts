import { cut, hashText, pointerKeys, valueAt } from '../../core/index.ts';
import {
  correctionOf,
  type MediaTypePlan,
  mediaSchema,
  type OperationPlan,
  plainName,
  propertiesOf,
} from '../../plan/index.ts';
import { follow, type Schema, typesOf } from '../../schema/index.ts';
import { isPlain } from '../values/at-steps.ts';
import { mediaPlanOf } from './media-plan.ts';

/** The words that a run's things begin with. */
export function markOf(seed: string): string {
  const drawn = (hashText(seed) >>> 0).toString(16).padStart(8, '0').slice(0, 6);
  if (!/\d/.test(drawn)) return `apidouble-0${drawn.slice(1)}`;
  return `apidouble-${/\D/.test(drawn) ? drawn : `a${drawn.slice(1)}`}`;
}

/** Whether a text begins with the mark of any run. There are words of such letters ("facade") and numbers, so that a mark has both. */
export function isMarked(value: unknown): boolean {
  return (
    typeof value === 'string' && /^apidouble-(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{6}(?![0-9a-z])/i.test(value)
  );
}

/** A mark with enough of the text behind it to tell two things apart. */
const leastRoom = 20;

const usual =
  'description comment comments note notes remark remarks summary title label displayname name text subject'.split(
    ' ',
  );

/** Texts that mean something to more than people. */
const meaningful =
  /code|country|currency|lang|locale|type|kind|status|state|zone|host|domain|url|uri|path|file|phone|mail|user|login|password|token|secret|key|id$|version|date|time|colou?r|mime|media|method|action|role|scope|permission|format|expression|query|template|address/;

const places = new WeakMap<MediaTypePlan, { readonly pointer: string | undefined }>();

/** The place of the text in an operation's body that can carry a mark, as a JSON pointer; `undefined` where there is none. */
function markerPlace(plan: OperationPlan, media: MediaTypePlan): string | undefined {
  const known = places.get(media) ?? { pointer: findMarkerPlace(plan, media) };
  places.set(media, known);
  return known.pointer;
}

function findMarkerPlace({ operation }: OperationPlan, media: MediaTypePlan): string | undefined {
  const { marker } = correctionOf(operation);
  if (marker !== undefined) return marker === false ? undefined : marker;
  const properties = [...propertiesOf(mediaSchema(media.object))].filter(([, schema]) => canCarry(schema));
  const named = usual.map((word) => properties.find(([name]) => plainName(name) === word)?.[0]);
  const other = properties.find(([name]) => !meaningful.test(plainName(name)))?.[0];
  const name = named.find((one) => one !== undefined) ?? other;
  return name === undefined ? undefined : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The same without its media type; `undefined` too where there is no body. */
export function markPlaceOf(plan: OperationPlan): string | undefined {
  const media = mediaPlanOf(plan);
  return media === undefined ? undefined : markerPlace(plan, media);
}

function canCarry(schema: Schema): boolean {
  const node = follow(schema);
  if (typeof node === 'boolean' || node.readOnly === true || node.writeOnly === true) return false;
  if (typesOf(node)?.every((type) => type === 'string' || type === 'null') !== true) return false;
  const isFree = [node.enum, node.const, node.format, node.pattern, node.allOf, node.anyOf, node.oneOf].every(
    (one) => one === undefined,
  );
  return isFree && (node.maxLength ?? leastRoom) >= leastRoom;
}

interface Marking {
  readonly mark: string;
  readonly plan: OperationPlan;
  readonly media: MediaTypePlan;
  readonly mayAdd: boolean;
  readonly made: unknown;
}

/** The body with the mark before the text that can carry it, where the whole stays valid. What somebody gave (`made` is without it) stays as it is. */
export function marked(value: unknown, { mark, plan, media, mayAdd, made }: Marking): unknown {
  const pointer = markerPlace(plan, media);
  if (pointer === undefined || !isPlain(value)) return value;
  const old = valueAt(value, pointer);
  if (typeof old !== 'string' && (!mayAdd || (old !== undefined && old !== null))) return value;
  if (isMarked(old) || old !== valueAt(made, pointer)) return value;
  const keys = pointerKeys(pointer);
  const text = `${mark} ${typeof old === 'string' ? old : ''}`.trim();
  for (const length of [Number.POSITIVE_INFINITY, 250, 100, 60, 40, 30, 20]) {
    const changed = withTextAt(value, keys, cut(text, length));
    if (media.validator.isValid(changed)) return changed;
  }
  return value;
}

function withTextAt(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined) return text;
  return isPlain(value) ? { ...value, [key]: withTextAt(value[key] ?? {}, rest, text) } : value;
}
