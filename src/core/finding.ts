import type { JsonPointer } from './json-pointer.ts';
import type { Origin } from './origin.ts';

/** The part of a message, or the document itself, that a finding is about. */
export type Part =
  | 'method'
  | 'path'
  | 'query'
  | 'header'
  | 'cookie'
  | 'body'
  | 'status'
  | 'security'
  | 'document';

/** Where in the message: the part, the parameter or header by name, and the JSON pointer inside its value. */
export interface Place {
  readonly part: Part;
  readonly name?: string;
  /** Into the decoded value: `''` is the whole value. */
  readonly pointer?: JsonPointer;
}

/** How grave a finding is; only errors make a message invalid. */
export type Severity = 'error' | 'warning' | 'information';

/**
 * Something that breaks the document, as data. A finding is never thrown.
 *
 * `code` is stable: one of `findingCodes`, of the document room's `documentFaultCodes`, of the plan room's `lintCodes`,
 * or `schema.` and the JSON Schema keyword that failed.
 */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence, for a person. */
  readonly message: string;
  readonly side: 'request' | 'response' | 'document';
  readonly place: Place;
  /** The place in the document whose promise is broken. */
  readonly origin?: Origin;
  /** The JSON Schema keyword that failed, where one did. */
  readonly keyword?: string;
  /** The property that is missing at the place, where one is. */
  readonly missing?: string;
  /** What the document wants, in a form a person can read. */
  readonly expected?: string;
  /** What was there instead; cut to a readable length. */
  readonly seen?: string;
}
