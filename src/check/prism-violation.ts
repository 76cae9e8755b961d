import type { Finding, SourceLocation } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';

/** A finding in the form of Prism's `sl-violations` header. */
export interface PrismViolation {
  readonly location: readonly string[];
  readonly severity: 'Error' | 'Warning' | 'Information';
  readonly code: string;
  readonly message: string;
}

const severities = { error: 'Error', warning: 'Warning', information: 'Information' } as const;

/** Says a finding in Prism's words. */
function prismViolation(finding: Finding): PrismViolation {
  const { part, name, pointer = '' } = finding.place;
  const inside = pointer.split('/').slice(1);
  return {
    location: [
      finding.side,
      part,
      ...(name === undefined ? [] : [part === 'header' ? name.toLowerCase() : name]),
      ...inside,
    ],
    severity: severities[finding.severity],
    code: finding.keyword ?? finding.code,
    message: finding.message,
  };
}

/** One entry of a problem's `validation`: Prism's members, then ours. */
export interface ValidationEntry {
  readonly location: readonly string[];
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly finding: string;
  readonly place: Finding['place'];
  readonly expected?: string;
  readonly seen?: string;
  readonly document?: Omit<SourceLocation, 'uri'>;
}

/** A finding as an entry of a problem's `validation`, with its line where the document is given. */
export function validationEntry(finding: Finding, document?: ApiDocument): ValidationEntry {
  const violation = prismViolation(finding);
  const place = document === undefined ? undefined : located(finding, document);
  return {
    ...violation,
    location: violation.location.slice(1),
    finding: finding.code,
    place: finding.place,
    ...(finding.expected === undefined ? {} : { expected: finding.expected }),
    ...(finding.seen === undefined ? {} : { seen: finding.seen }),
    ...(place === undefined ? {} : { document: place }),
  };
}

function located(finding: Finding, document: ApiDocument): Omit<SourceLocation, 'uri'> | undefined {
  if (finding.origin === undefined) return undefined;
  const { file, line, column, pointer } = document.locate(finding.origin);
  return { file, line, column, pointer };
}

const headerLimit = 8000;

/** The `sl-violations` header: request findings first, as many as fit, in ASCII. */
export function violationsHeader(findings: readonly Finding[]): string {
  const ordered = [...findings].sort(
    (left, right) => Number(left.side !== 'request') - Number(right.side !== 'request'),
  );
  let text = '';
  for (const finding of ordered) {
    const next = asciiJson(prismViolation(finding));
    if (text.length + next.length > headerLimit) break;
    text += text === '' ? next : `,${next}`;
  }
  return `[${text}]`;
}

/** JSON of which every character may stand in a header field. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
