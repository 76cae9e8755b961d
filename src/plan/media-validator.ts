import { originOf, setOrigin } from '../core/index.ts';
import type { MediaTypeObject } from '../document/index.ts';
import {
  compileSchema,
  type Direction,
  type Schema,
  type SchemaViolation,
  type Validator,
} from '../schema/index.ts';
import { bodySchema, type Decoded, isBinary, valueToValidate } from '../wire/index.ts';
import type { MediaTypePlan } from './operation-plan.ts';
import { allowsType } from './resources/properties.ts';

const schemas = new WeakMap<MediaTypeObject, { readonly schema: Schema | undefined }>();

/** The schema of the whole value that the codec gives: of a sequential media type that is the list of its items. */
export function mediaSchema(object: MediaTypeObject): Schema | undefined {
  const known = schemas.get(object);
  if (known !== undefined) return known.schema;
  const schema = bodySchema(object);
  schemas.set(object, { schema });
  if (typeof schema === 'object' && originOf(schema) === undefined) setOrigin(schema, object.origin);
  return schema;
}

/** The judge of a media type's decoded values; where there is no schema everything is valid. */
export function compileMediaValidator(object: MediaTypeObject, direction: Direction): Validator {
  return compileSchema(mediaSchema(object) ?? true, { direction });
}

/**
 * Judges a body that was decoded. Bytes that no codec of ours reads further are judged where the schema speaks of strings;
 * a schema of objects says nothing about them. What could not be read is not judged: its fault says it all.
 */
export function judgeDecoded(plan: MediaTypePlan, decoded: Decoded): readonly SchemaViolation[] {
  const unread = isBinary(decoded.value) && !allowsType(mediaSchema(plan.object), 'string');
  if (unread) return [];
  const spoiled = spoiledPlaces(decoded);
  if (spoiled.includes('')) return [];
  const violations = plan.validator.validate(valueToValidate(decoded));
  if (spoiled.length === 0) return violations;
  return violations.filter(
    ({ pointer }) => !spoiled.some((place) => pointer === place || pointer.startsWith(`${place}/`)),
  );
}

/** Faults that leave the value as it was meant: something around it is wrong, or too much was sent. */
const harmless: ReadonlySet<string> = new Set([
  'body.part-header',
  'body.duplicate-key',
  'body.xml-root',
  'body.xml-namespace',
  'body.xml-element',
  'wire.repeated',
]);

const nowhere: readonly string[] = [];

function spoiledPlaces({ faults }: Decoded): readonly string[] {
  if (faults.length === 0) return nowhere;
  return faults.filter(({ code }) => !harmless.has(code)).map(({ pointer = '' }) => pointer);
}
