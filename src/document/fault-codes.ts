import type { Finding, Origin } from '../core/index.ts';

/** Every code that a structural fault of a document can have, and what it says. */
export const documentFaultCodes = {
  'document.reference': 'A reference leads nowhere.',
  'document.reference-cycle': 'References lead to one another and never to anything.',
  'document.reference-host': 'A reference leads to a host that was not named.',
  'document.reference-file': 'A reference leads to a file that may not be read, or that cannot be.',
  'document.wrong-type': 'A part of the document has a type or value that the specification does not allow.',
  'document.foreign-keyword': 'A word of another version of the specification is used.',
  'document.duplicate-operation-id': 'Two operations have the same operationId.',
  'document.duplicate-path': 'Two paths are the same but for the names of their parameters.',
  'document.duplicate-parameter':
    'Two parameters of one list have the same name and place, or are both the body.',
  'document.path-parameter-missing': 'A variable of the path is declared by no parameter.',
  'document.path-parameter-unknown': 'A path parameter has no place in the path.',
  'document.path-template':
    'A path does not start with a slash, its braces do not match, or a variable comes twice.',
  'document.no-responses': 'An operation declares no response.',
  'document.unknown-security-scheme': 'A security requirement names a scheme that is not declared.',
  'document.overlay': 'An action of an overlay selects nothing in the document.',
  'document.discriminator': 'A discriminator maps a value to something that is not there.',
  'document.unsupported': 'The document asks for something that has no equal in the one model.',
} as const;

/** A code of the table above. */
export type DocumentFaultCode = keyof typeof documentFaultCodes;

/** What a fault says beside its code and place. */
export interface FaultDetail {
  readonly message: string;
  readonly severity?: 'error' | 'warning';
  readonly expected?: string;
  readonly seen?: string;
}

/** A fault of the document as a finding; an error unless it says otherwise. */
export function fault(code: DocumentFaultCode, origin: Origin, detail: FaultDetail): Finding {
  return { severity: 'error', ...detail, code, side: 'document', place: { part: 'document' }, origin };
}
