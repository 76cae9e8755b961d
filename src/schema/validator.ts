import type { JsonPointer, Origin } from '../core/index.ts';

/** Which way a value travels: `readOnly` members are not wanted in requests, `writeOnly` ones not in responses. */
export type Direction = 'request' | 'response';

/** One way in which a value breaks its schema. */
export interface SchemaViolation {
  /** The JSON Schema keyword, or `readOnly`, `writeOnly`, `discriminator`, `false` (a schema that allows nothing). */
  readonly keyword: string;
  /** Into the value: `/results/0/pk`. For a missing property it is the object that lacks it. */
  readonly pointer: JsonPointer;
  /** `required`, `dependentRequired`, `additionalProperties`, `unevaluatedProperties`, `readOnly`, `writeOnly`: the property. */
  readonly property?: string;
  /** One sentence that starts with the place in words: `results[0].pk must be a UUID (format "uuid")`. */
  readonly message: string;
  readonly expected: string;
  readonly seen: string;
  /** The keyword's place in the document. */
  readonly origin?: Origin;
  /** `readOnly` in a request and `writeOnly` in a response are warnings; the rest are errors. */
  readonly severity: 'error' | 'warning';
}

/** A compiled schema. */
export interface Validator {
  /** All violations, in document order of the value's places; an empty list for a valid value. */
  validate(value: unknown): readonly SchemaViolation[];
  /** The quick answer: no violation with severity `error`. */
  isValid(value: unknown): boolean;
}
