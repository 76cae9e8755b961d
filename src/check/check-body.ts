import type { Finding } from '../core/index.ts';
import { judgeDecoded, type MediaTypePlan, violationFinding } from '../plan/index.ts';
import type { KnownBodies } from './known-bodies.ts';
import type { ResponseView } from './response-view.ts';

/** The body can be read as its media type and satisfies the schema. */
export function checkBody(
  { media, response, contentType, bodyAllowed }: ResponseView,
  known?: KnownBodies,
): Finding[] {
  if (media === undefined || !bodyAllowed || contentType === undefined) return [];
  if (known === undefined) return judgeBody(media, contentType, response.body);
  if (known.has(media, contentType, response.body)) return [];
  const findings = judgeBody(media, contentType, response.body);
  if (findings.length === 0) known.add(media, contentType, response.body);
  return findings;
}

function judgeBody(media: MediaTypePlan, contentType: string, body: Uint8Array): Finding[] {
  const decoded = media.codec.decode(body, contentType);
  if (!decoded.present && decoded.faults.length === 0) return [nothingThere(media, contentType)];
  const violations = judgeDecoded(media, decoded).map((one) =>
    violationFinding(one, { side: 'response', part: 'body' }),
  );
  if (decoded.faults.length === 0) return violations;
  const faults = decoded.faults.map(
    (fault): Finding => ({
      code: fault.code,
      severity: 'error',
      message: `The body of the response ${fault.message}.`,
      side: 'response',
      place: { part: 'body', pointer: fault.pointer ?? '' },
      origin: media.object.origin,
      ...(fault.expected === undefined ? {} : { expected: fault.expected }),
      ...(fault.seen === undefined ? {} : { seen: fault.seen }),
    }),
  );
  return [...faults, ...violations];
}

/** An empty text is no JSON and no XML, whatever the schema allows. */
function nothingThere({ object }: MediaTypePlan, contentType: string): Finding {
  return {
    code: 'body.malformed',
    severity: 'error',
    message: `The body of the response is empty, which is no ${contentType}.`,
    side: 'response',
    place: { part: 'body', pointer: '' },
    origin: object.origin,
    expected: contentType,
    seen: 'nothing',
  };
}
