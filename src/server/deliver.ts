import { type Delivery, type HttpResponse, hasNoBody } from '../http/index.ts';
import type { Call } from './call.ts';

/** Milliseconds between the pieces of a body that is sent slowly. */
const beat = 50;

/**
 * Sends an answer in a way of its own: late, slowly, or not to its end. `writeHead` writes status and header fields.
 * Where the client leaves, nothing more happens.
 */
export function deliver(call: Call, response: HttpResponse, writeHead: () => void): void {
  const { delivery = {} } = response;
  const { delay = 0 } = delivery;
  if (delay === 0) {
    begin(call, { response, delivery, writeHead });
    return;
  }
  const timer = setTimeout(() => begin(call, { response, delivery, writeHead }), delay);
  call.outgoing.once('close', () => clearTimeout(timer));
}

interface Sending {
  readonly response: HttpResponse;
  readonly delivery: Delivery;
  readonly writeHead: () => void;
}

function begin(call: Call, { response, delivery, writeHead }: Sending): void {
  const { outgoing, incoming } = call;
  if (outgoing.destroyed || outgoing.headersSent) return;
  const bodyless = incoming.method === 'HEAD' || hasNoBody(response.status) || response.body.length === 0;
  // An answer without a body has no middle.
  if (delivery.cut === 'before-headers' || (delivery.cut === 'mid-body' && bodyless)) {
    incoming.socket.destroy();
    return;
  }
  writeHead();
  if (bodyless) {
    outgoing.end();
    return;
  }
  const end = delivery.cut === 'mid-body' ? Math.floor(response.body.length / 2) : response.body.length;
  const finish = delivery.cut === 'mid-body' ? () => incoming.socket.destroy() : () => outgoing.end();
  const body = response.body.subarray(0, end);
  if (delivery.pace === undefined) outgoing.write(body, finish);
  else writeSlowly(call, body, { pace: delivery.pace, finish });
}

/** Writes a piece with each beat, so that as many bytes a second go out as were asked for. */
function writeSlowly(
  { outgoing }: Call,
  body: Uint8Array,
  { pace, finish }: { pace: number; finish: () => void },
): void {
  let sent = 0;
  let beats = 0;
  outgoing.flushHeaders();
  const timer = setInterval(() => {
    beats += 1;
    const due = Math.min(body.length, Math.floor((beats * beat * pace) / 1000));
    if (due === sent) return;
    const piece = body.subarray(sent, due);
    sent = due;
    if (sent < body.length) {
      outgoing.write(piece);
      return;
    }
    clearInterval(timer);
    outgoing.write(piece, finish);
  }, beat);
  outgoing.once('close', () => clearInterval(timer));
}
