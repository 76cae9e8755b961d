import { childOrigin, type Finding } from '../core/index.ts';
import type { ResponseView } from './response-view.ts';

/** A body has a Content-Type that the document lists; where the document lists one, a body is there. */
export function checkMediaType({
  documented,
  response,
  contentType,
  media,
  bodyAllowed,
}: ResponseView): Finding[] {
  if (media !== undefined || documented === undefined) return [];
  if (!bodyAllowed || documented.mediaTypes.length === 0) return [];
  const wanted = {
    severity: 'error',
    side: 'response',
    origin: childOrigin(documented.object.origin, 'content'),
    expected: documented.mediaTypes.map((one) => one.mediaType).join(', '),
  } as const;
  if (response.body.length === 0 && contentType === undefined) {
    const message = 'The response has no body, but the document gives it one.';
    return [{ ...wanted, code: 'response.body-missing', message, place: { part: 'body' }, seen: 'nothing' }];
  }
  const seen = contentType ?? 'none';
  const message = `The media type of the response, "${seen}", is not one that the document lists.`;
  const place = { part: 'header', name: 'content-type' } as const;
  return [{ ...wanted, code: 'response.media-type', message, place, seen }];
}
