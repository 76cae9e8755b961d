import type { Finding } from '../core/index.ts';

/** What keeps a body from being read at all, whatever its schema says. */
const unreadable: ReadonlySet<string> = new Set([
  'body.malformed',
  'body.charset',
  'body.depth',
  'body.boundary',
  'body.part-name',
  'body.transfer-encoding',
  'body.doctype',
]);

/**
 * The statuses by which a request with these findings is refused, the most fitting first: security before all,
 * then the media type, then what could not be parsed, then all the rest.
 */
export function refusalStatuses(findings: readonly Finding[]): readonly number[] {
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.some((finding) => finding.place.part === 'security')) return [401, 403];
  if (errors.some((finding) => finding.code === 'body.media-type')) return [415, 422, 400];
  if (errors.some((finding) => finding.place.part === 'body' && unreadable.has(finding.code)))
    return [400, 422];
  return [422, 400];
}
