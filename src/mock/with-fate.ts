import type { Delivery, HttpResponse } from '../http/index.ts';
import type { Fate } from '../scenario/index.ts';

/** An answer with what a fault does to it: to its content, and to the way that it is sent. */
export function withFate(response: HttpResponse, { delay, pace, cut, wrong }: Fate): HttpResponse {
  const spoilt = wrong === undefined ? response : spoil(response, wrong);
  if (delay === undefined && pace === undefined && cut === undefined) return spoilt;
  const delivery: Delivery = {
    ...(delay === undefined ? {} : { delay }),
    ...(pace === undefined ? {} : { pace }),
    ...(cut === undefined ? {} : { cut }),
  };
  return { ...spoilt, delivery };
}

const errorPage = Buffer.from(
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n',
);

function spoil(response: HttpResponse, wrong: NonNullable<Fate['wrong']>): HttpResponse {
  const { body, headers } = response;
  switch (wrong) {
    case 'truncated':
      return { ...response, body: body.subarray(0, Math.floor(body.length / 2)) };
    case 'empty':
      return { ...response, body: body.subarray(0, 0) };
    case 'html':
      return { ...response, headers: headers.with('Content-Type', 'text/html'), body: errorPage };
    case 'garbage':
      // No byte of it may begin or continue a character of UTF-8 as the others say.
      return { ...response, body: body.map((byte) => byte | 0xf8) };
    default:
      return wrong satisfies never;
  }
}

/** An answer that is held back, longer than it would be anyway. */
export function heldBack(response: HttpResponse, milliseconds: number): HttpResponse {
  const { delivery } = response;
  return { ...response, delivery: { ...delivery, delay: (delivery?.delay ?? 0) + milliseconds } };
}
