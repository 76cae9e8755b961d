import { appendPointer, childOrigin, type JsonPointer, pointerKeys } from '../core/index.ts';
import { unwantedFlag } from './direction.ts';
import { factsOf, type RawError } from './emitted.ts';
import { isRecord } from './keyword-shapes.ts';
import { phraseOf } from './phrases.ts';
import { type Place, placeOrigin } from './place.ts';
import { placeInWords, preview } from './preview.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';
import type { Direction, SchemaViolation } from './validator.ts';

/** Our keywords that a person knows by another name. */
const spoken: Readonly<Record<string, string>> = { never: 'false', choose: 'discriminator' };

/** Turns what the generated functions say into violations: each once, in the order of the value's places. */
export function violationsOf(
  value: unknown,
  errors: readonly RawError[],
  direction: Direction,
): readonly SchemaViolation[] {
  const wrongTypes = new Set(errors.filter(({ keyword }) => keyword === 'type').map(whereOf));
  const found = new Map<string, SchemaViolation>();
  for (const error of errors) {
    // "then" and "else" have spoken for themselves.
    if (error.keyword === 'if') continue;
    if ((error.keyword === 'enum' || error.keyword === 'const') && wrongTypes.has(whereOf(error))) continue;
    const violation =
      error.keyword === 'unwanted' ? unwantedMember(value, error, direction) : toViolation(value, error);
    const key = `${violation.keyword} ${violation.pointer} ${violation.message}`;
    if (!found.has(key)) found.set(key, violation);
  }
  return inDocumentOrder(value, [...found.values()]);
}

const ids = new WeakMap<object, number>();
let lastId = 0;

/** A text for the place in value and schema. */
function whereOf({ instancePath, parentSchema }: RawError): string {
  if (parentSchema === undefined) return instancePath;
  let id = ids.get(parentSchema);
  if (id === undefined) {
    lastId += 1;
    id = lastId;
    ids.set(parentSchema, id);
  }
  return `${id} ${instancePath}`;
}

function nodeOf(place: Place | undefined): SchemaObject {
  const node = place === undefined ? undefined : follow(place.node);
  return isRecord(node) ? node : {};
}

function toViolation(value: unknown, error: RawError): SchemaViolation {
  const place = factsOf(error.parentSchema)?.place;
  const phrase = phraseOf(error, nodeOf(place));
  const pointer =
    phrase.child === undefined ? error.instancePath : appendPointer(error.instancePath, phrase.child);
  const keyword = spoken[error.keyword] ?? error.keyword;
  const origin = keywordOrigin(place, error.keyword);
  return {
    keyword,
    pointer,
    ...(phrase.property === undefined ? {} : { property: phrase.property }),
    message: `${placeInWords(pointer, value)} ${phrase.must}`,
    expected: phrase.expected,
    seen: phrase.seen ?? preview(error.data),
    ...(origin === undefined ? {} : { origin }),
    severity: 'error',
  };
}

function keywordOrigin(place: Place | undefined, keyword: string): SchemaViolation['origin'] {
  const origin = place === undefined ? undefined : placeOrigin(place);
  if (origin === undefined || keyword === 'never') return origin;
  return childOrigin(origin, spoken[keyword] ?? keyword);
}

function unwantedMember(value: unknown, error: RawError, direction: Direction): SchemaViolation {
  const place = factsOf(error.parentSchema)?.place;
  const property = String(error.params.place);
  const flag = unwantedFlag(direction);
  const pointer = appendPointer(error.instancePath, property);
  const member = nodeOf(place).properties?.[property];
  const at: Place | undefined =
    place === undefined || member === undefined
      ? undefined
      : { node: member, above: place, keys: ['properties', property] };
  const origin = keywordOrigin(at, flag);
  const data = isRecord(error.data) ? error.data[property] : undefined;
  return {
    keyword: flag,
    pointer,
    property,
    message: `${placeInWords(pointer, value)} is ${flag} and should not be in a ${direction}`,
    expected: 'no such property',
    seen: preview(data),
    ...(origin === undefined ? {} : { origin }),
    severity: 'warning',
  };
}

/** The one violation of a value that cannot be judged, because it or the schema is too deep. */
export function tooComplex(schema: Schema): SchemaViolation {
  const origin = placeOrigin({ node: schema, keys: [] });
  return {
    keyword: 'depth',
    pointer: '',
    message: 'The value is nested too deeply, or meets too many choices, to be judged',
    expected: 'a value of reasonable depth',
    seen: 'too many levels',
    ...(origin === undefined ? {} : { origin }),
    severity: 'error',
  };
}

function inDocumentOrder(value: unknown, violations: SchemaViolation[]): SchemaViolation[] {
  if (violations.length < 2) return violations;
  const positions = createPositions(value);
  return violations
    .map((violation) => ({ violation, at: positions(violation.pointer) }))
    .sort((left, right) => comparePositions(left.at, right.at))
    .map(({ violation }) => violation);
}

/** The function that gives the positions of the keys along a pointer among their neighbours. */
function createPositions(value: unknown): (pointer: JsonPointer) => number[] {
  const known = new Map<object, Map<string, number>>();
  const positionIn = (parent: object, key: string): number => {
    if (Array.isArray(parent)) return Number(key);
    let positions = known.get(parent);
    if (positions === undefined) {
      positions = new Map(Object.keys(parent).map((name, index) => [name, index]));
      known.set(parent, positions);
    }
    return positions.get(key) ?? positions.size;
  };
  return (pointer) => {
    const result: number[] = [];
    let at = value;
    for (const key of pointerKeys(pointer)) {
      if (typeof at !== 'object' || at === null) break;
      result.push(positionIn(at, key));
      at = (at as Readonly<Record<string, unknown>>)[key];
    }
    return result;
  };
}

function comparePositions(left: readonly number[], right: readonly number[]): number {
  for (const [index, position] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (position !== other) return position - other;
  }
  return left.length - right.length;
}
