import type { Finding } from '../core/index.ts';
import { judgeDecoded, violationFinding } from '../plan/index.ts';
import type { ResponseView } from './response-view.ts';

/** The body can be read as its media type and satisfies the schema. */
export function checkBody({ media, response, contentType, bodyAllowed }: ResponseView): Finding[] {
  if (media === undefined || !bodyAllowed || contentType === undefined) return [];
  const decoded = media.codec.decode(response.body, contentType);
  if (decoded.faults.length === 0) {
    return judgeDecoded(media, decoded).map((one) =>
      violationFinding(one, { side: 'response', part: 'body' }),
    );
  }
  return decoded.faults.map((fault) => ({
    code: fault.code,
    severity: 'error',
    message: `The body of the response ${fault.message}.`,
    side: 'response',
    place: { part: 'body', pointer: fault.pointer ?? '' },
    origin: media.object.origin,
    ...(fault.expected === undefined ? {} : { expected: fault.expected }),
    ...(fault.seen === undefined ? {} : { seen: fault.seen }),
  }));
}
