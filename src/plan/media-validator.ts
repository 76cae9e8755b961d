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
 * a schema of objects says nothing about them.
 */
export function judgeDecoded(plan: MediaTypePlan, decoded: Decoded): readonly SchemaViolation[] {
  const unread = isBinary(decoded.value) && !allowsType(mediaSchema(plan.object), 'string');
  return unread ? [] : plan.validator.validate(valueToValidate(decoded));
}
