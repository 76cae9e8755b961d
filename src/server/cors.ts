import type { IncomingHttpHeaders } from 'node:http';
import { HeaderList, type HttpResponse, noBody } from '../http/index.ts';
import type { House } from './call.ts';

/** The CORS fields that an answer may bring itself, by lower-case name, each with a bit of its own. */
const corsFields: ReadonlyMap<string, number> = new Map([
  ['access-control-allow-origin', 1],
  ['access-control-allow-headers', 2],
  ['access-control-allow-credentials', 4],
  ['access-control-expose-headers', 8],
]);

/** The bit of a CORS field that is added where the answer has none; 0 for every other field. */
export function corsBit(lowerCaseName: string): number {
  return corsFields.get(lowerCaseName) ?? 0;
}

/**
 * Adds the CORS fields to a flat list, but for those that `given` says are there.
 *
 * @see https://fetch.spec.whatwg.org/#http-responses
 */
export function addCors(flat: string[], request: IncomingHttpHeaders, given: number): void {
  const origin = request.origin;
  if ((given & 1) === 0) {
    flat.push('Access-Control-Allow-Origin', origin ?? '*');
    // An answer that names one origin must not be served to another from a cache.
    // https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
    if (origin !== undefined) flat.push('Vary', 'Origin');
  }
  if ((given & 2) === 0) {
    flat.push('Access-Control-Allow-Headers', request['access-control-request-headers'] ?? '*');
  }
  if ((given & 4) === 0) flat.push('Access-Control-Allow-Credentials', 'true');
  if ((given & 8) === 0) flat.push('Access-Control-Expose-Headers', '*');
}

/**
 * Tells whether a browser asks if it may send a request. A plain OPTIONS is none.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 */
export function isPreflight(method: string | undefined, request: IncomingHttpHeaders): boolean {
  return (
    method === 'OPTIONS' &&
    request.origin !== undefined &&
    request['access-control-request-method'] !== undefined
  );
}

/** Yes, with the method and the header fields that were asked for. */
export function preflightAnswer(request: IncomingHttpHeaders): HttpResponse {
  const flat = ['Access-Control-Allow-Methods', request['access-control-request-method'] ?? '*'];
  // A page of a public site may ask for a mock on the user's machine.
  // https://wicg.github.io/private-network-access/#cors-preflight
  if (request['access-control-request-private-network'] === 'true') {
    flat.push('Access-Control-Allow-Private-Network', 'true');
  }
  return { status: 204, headers: new HeaderList(flat), body: noBody };
}

/** Whether CORS is spoken for a request target: the server does, and the target is not left out. */
export function speaksCors({ cors, corsExcept }: House, target: string | undefined): boolean {
  return cors && (corsExcept === undefined || target?.startsWith(corsExcept) !== true);
}
