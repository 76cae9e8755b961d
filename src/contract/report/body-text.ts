import type { ReportedBody, ReportedRequest } from '../report.ts';

/** A body for a person to read; says so where it is base64, cut or empty. */
export function bodyText({ encoding, content, cutFrom }: ReportedBody): string {
  if (content === '') return '(no body)';
  const notes: string[] = [];
  if (encoding === 'base64') notes.push('base64');
  if (cutFrom !== undefined) notes.push(`cut; ${cutFrom} bytes in all`);
  return notes.length === 0 ? content : `${content}\n(${notes.join('; ')})`;
}

/** Header fields as they stand on the wire, one a line. */
export function headerLines(headers: ReportedRequest['headers']): string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}
