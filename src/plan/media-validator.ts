import { childOrigin, setOrigin } from '../core/index.ts';
import type { MediaTypeObject } from '../document/index.ts';
import {
  compileSchema,
  type Direction,
  type Schema,
  type SchemaViolation,
  type Validator,
} from '../schema/index.ts';

/**
 * The judge of a media type's decoded values. Bytes have no JSON type: a value that is all bytes is judged by its length
 * only, and bytes inside a form count as a string with one character per byte.
 */
export function compileMediaValidator(object: MediaTypeObject, direction: Direction): Validator {
  const validator = compileSchema(mediaSchema(object) ?? true, { direction });
  if (!/^(?:multipart|application\/x-www-form-urlencoded)/i.test(object.mediaType))
    return forWholeBytes(validator);
  return {
    validate: (value) => validator.validate(bytesAsText(value)),
    isValid: (value) => validator.isValid(bytesAsText(value)),
  };
}

/** The schema of the whole value: of a sequential media type that is the list of its items. */
export function mediaSchema(object: MediaTypeObject): Schema | undefined {
  if (object.schema !== undefined || object.itemSchema === undefined) return object.schema;
  const list = listSchemas.get(object) ?? { type: 'array', items: object.itemSchema };
  listSchemas.set(object, list);
  return setOrigin(list, childOrigin(object.origin, 'itemSchema'));
}

const listSchemas = new WeakMap<MediaTypeObject, { readonly type: 'array'; readonly items: Schema }>();

function forWholeBytes(validator: Validator): Validator {
  const none: readonly SchemaViolation[] = [];
  return {
    validate: (value) => (value instanceof Uint8Array ? none : validator.validate(value)),
    isValid: (value) => value instanceof Uint8Array || validator.isValid(value),
  };
}

function bytesAsText(value: unknown): unknown {
  if (value instanceof Uint8Array) return '\u0000'.repeat(value.length);
  if (Array.isArray(value)) return value.map(bytesAsText);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of Object.entries(value)) copy[key] = bytesAsText(member);
  return copy;
}
