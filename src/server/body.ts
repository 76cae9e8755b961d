import type { HttpResponse } from '../http/index.ts';
import { ByteCollector } from './byte-collector.ts';
import type { Call } from './call.ts';
import { decodeBody, tooLarge } from './content-coding.ts';

/** What became of a request's body. */
export type BodyOutcome = (result: Uint8Array | HttpResponse, decoded: boolean) => void;

/**
 * Tells whether a body comes with the request, GET or not.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6-4
 */
export function hasBody({ incoming }: Call): boolean {
  const { headers } = incoming;
  const length = headers['content-length'];
  return (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
}

/** Why a body is refused before a byte of it was read: its own header says that it is too long. */
export function refusalOfLength({ house, incoming }: Call): HttpResponse | undefined {
  const { bodyBytes } = house.limits;
  return Number(incoming.headers['content-length'] ?? 0) > bodyBytes ? tooLarge(bodyBytes) : undefined;
}

/** Reads the body, undoes its Content-Encoding and hands it on, or the refusal. Nobody is told where the client leaves. */
export function readBody(call: Call, done: BodyOutcome): void {
  const { incoming, house } = call;
  const limit = house.limits.bodyBytes;
  const bytes = new ByteCollector();
  incoming.on('data', (piece: Uint8Array) => {
    if (bytes.size + piece.length <= limit) bytes.push(piece);
    else done(tooLarge(limit), false);
  });
  incoming.on('end', () => {
    const body = bytes.take();
    const coding = house.decodeBodies ? incoming.headers['content-encoding'] : undefined;
    if (coding === undefined || body.length === 0) done(body, false);
    else decodeBody(body, coding, { limit, done: (result) => done(result, true) });
  });
}
