import { childOrigin, type Finding } from '../core/index.ts';
import type { ResponseView } from './response-view.ts';

/** A body has a Content-Type that the document lists; where the document lists one, a body is there. */
export function checkMediaType(view: ResponseView): Finding[] {
  const { documented, response, contentType, media, bodyAllowed } = view;
  if (documented === undefined || !bodyAllowed || documented.mediaTypes.length === 0) return [];
  const listed = documented.mediaTypes.map((one) => one.mediaType).join(', ');
  const place = {
    side: 'response',
    origin: childOrigin(documented.object.origin, 'content'),
    expected: listed,
  } as const;
  if (response.body.length === 0 && contentType === undefined) {
    const message = 'The response has no body, but the document gives it one.';
    return [
      {
        ...place,
        code: 'response.body-missing',
        severity: 'error',
        message,
        place: { part: 'body' },
        seen: 'nothing',
      },
    ];
  }
  if (media !== undefined) return [];
  const message = `The media type of the response, "${contentType ?? 'none'}", is not one that the document lists.`;
  return [
    {
      ...place,
      code: 'response.media-type',
      severity: 'error',
      message,
      place: { part: 'header', name: 'content-type' },
      seen: contentType ?? 'none',
    },
  ];
}
