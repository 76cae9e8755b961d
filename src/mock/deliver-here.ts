import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, type HttpResponse, toWebResponse } from '../http/index.ts';

/** What a client in the same process gets where the connection was cut. */
export class ConnectionCut extends TypeError {
  override readonly name = 'ConnectionCut';
  readonly code = 'ECONNRESET';
}

/**
 * Gives an answer to a client in the same process: late where it is to be late, all at once where it is to be slow.
 * Rejects where the connection is to be cut, as a network would: no whole answer came.
 */
export async function deliverHere(response: HttpResponse, signal?: AbortSignal): Promise<HttpResponse> {
  const { delivery, ...plain } = response;
  if (delivery === undefined) return response;
  const { delay = 0, pace, cut } = delivery;
  const sending = pace === undefined || cut === 'before-headers' ? 0 : (plain.body.length / pace) * 1000;
  const lasting = delay + (cut === 'mid-body' ? sending / 2 : sending);
  if (lasting > 0) await sleep(lasting, undefined, signal === undefined ? {} : { signal });
  if (cut !== undefined) throw cutOf(cut);
  return plain;
}

/** The same as a web `Response`: cut and slow bodies are streams that behave so. */
export async function deliverAsWeb(response: HttpResponse, request: Request): Promise<Response> {
  const { delivery, ...plain } = response;
  if (delivery === undefined) return toWebResponse(response, request.method);
  const { delay = 0, pace, cut } = delivery;
  if (delay > 0) await sleep(delay, undefined, { signal: request.signal });
  const whole = toWebResponse(plain, request.method);
  if (cut === 'before-headers' || (cut === 'mid-body' && whole.body === null)) throw cutOf('before-headers');
  if (whole.body === null || (pace === undefined && cut === undefined)) return whole;
  const { status, statusText, headers } = whole;
  return new Response(streamOf(plain.body, delivery), { status, statusText, headers });
}

/** Milliseconds between the pieces of a body that comes slowly. */
const beat = 50;

function streamOf(body: Uint8Array, { pace, cut }: Delivery): ReadableStream<Uint8Array> {
  const end = cut === 'mid-body' ? Math.floor(body.length / 2) : body.length;
  let sent = 0;
  let owed = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent === end) {
        if (cut === 'mid-body') controller.error(cutOf(cut));
        else controller.close();
        return;
      }
      let piece = end - sent;
      if (pace !== undefined) {
        const waiting = Math.max(beat, 1000 / pace);
        await sleep(waiting);
        owed += (pace * waiting) / 1000;
        piece = Math.min(piece, Math.max(1, Math.floor(owed)));
        owed -= piece;
      }
      controller.enqueue(body.slice(sent, sent + piece));
      sent += piece;
    },
  });
}

function cutOf(cut: NonNullable<Delivery['cut']>): ConnectionCut {
  const where = cut === 'mid-body' ? 'in the middle of the body' : "before the answer's header fields";
  return new ConnectionCut(`The connection was cut ${where}: a fault of the mock's scenario.`);
}
