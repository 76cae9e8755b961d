import type { Finding, Part } from '../core/index.ts';
import type { SchemaViolation } from '../schema/index.ts';

/** Where a violation was seen: which side of the exchange, which part of it. */
export interface ViolationPlace {
  readonly side: 'request' | 'response';
  readonly part: Part;
  readonly name?: string;
}

/** A violation of a schema as a finding. */
export function violationFinding(violation: SchemaViolation, { side, part, name }: ViolationPlace): Finding {
  return {
    code: `schema.${violation.keyword}`,
    severity: violation.severity,
    message: `The ${part} is not valid: ${inSentence(violation.message)}.`,
    side,
    place: { part, pointer: violation.pointer, ...(name === undefined ? {} : { name }) },
    ...(violation.origin === undefined ? {} : { origin: violation.origin }),
    keyword: violation.keyword,
    ...(violation.keyword === 'required' && violation.property !== undefined
      ? { missing: violation.property }
      : {}),
    expected: violation.expected,
    seen: violation.seen,
  };
}

/** A violation of the whole value begins with `The value`; in the middle of a sentence that is not a beginning. */
export function inSentence(message: string): string {
  return message.startsWith('The ') ? `t${message.slice(1)}` : message;
}
