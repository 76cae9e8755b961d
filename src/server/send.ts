import type { ServerResponse } from 'node:http';
import { type HttpResponse, hasNoBody, isToken, problem, sendableFieldValue } from '../http/index.ts';
import { type Call, reportError } from './call.ts';
import { addCors, corsBit, speaksCors } from './cors.ts';
import { deliver } from './deliver.ts';

/** Sends an answer; what cannot be sent as it is, is made so. Nothing happens where the client has left. */
export function send(call: Call, response: HttpResponse): void {
  const { outgoing, incoming } = call;
  if (outgoing.destroyed || outgoing.headersSent) return;
  const answer = isFinal(response.status) ? response : noFinalStatus(response.status);
  try {
    if (answer.delivery !== undefined) {
      deliver(call, answer, () => writeHead(call, answer));
      return;
    }
    writeHead(call, answer);
    if (incoming.method === 'HEAD' || hasNoBody(answer.status)) outgoing.end();
    else endWith(outgoing, answer.body);
  } catch (error) {
    reportError(call.house, error);
    incoming.socket.destroy();
  }
}

/** Up to here, copying a body costs less than handing node a second piece to write. */
export const shortBody: number = 16 * 1024;

/** Ends an answer with its body. Node joins a short text, but no bytes, to the head: one write for both. */
export function endWith(outgoing: ServerResponse, body: Uint8Array): void {
  if (body.length > shortBody) {
    outgoing.end(body);
    return;
  }
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.length);
  outgoing.end(bytes.toString('latin1'), 'latin1');
}

/**
 * Refuses a request whose body may still be coming. Closing at once would reset the connection and take the answer from a client
 * that is busy sending; so the rest is read and thrown away for a while.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
export function refuse(call: Call, response: HttpResponse): void {
  const { outgoing, incoming, house } = call;
  call.close = true;
  incoming.removeAllListeners('data').removeAllListeners('end').resume();
  if (incoming.complete || outgoing.destroyed || outgoing.headersSent) {
    send(call, response);
    return;
  }
  writeHead(call, response);
  if (incoming.method === 'HEAD') outgoing.flushHeaders();
  else outgoing.write(response.body);
  const timer = setTimeout(() => outgoing.end(), house.limits.lingerMs).unref();
  incoming.once('end', () => outgoing.end());
  outgoing.once('close', () => clearTimeout(timer));
}

function writeHead(call: Call, response: HttpResponse): void {
  const { outgoing } = call;
  const head = headOf(call, response);
  const { status, reason } = response;
  try {
    if (reason === undefined) outgoing.writeHead(status, head);
    else outgoing.writeHead(status, reason, head);
  } catch {
    // A generated name or value that no header can hold. Looking at each beforehand would cost every answer.
    const phrase = reason === undefined ? undefined : sendableFieldValue(reason);
    outgoing.writeHead(status, phrase, sendable(head));
  }
}

function sendable(head: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < head.length; index += 2) {
    const name = String(head[index]);
    if (isToken(name)) kept.push(name, sendableFieldValue(String(head[index + 1])));
  }
  return kept;
}

/** The answer's fields without those that are the connection's own, then CORS, then the length. */
function headOf(call: Call, response: HttpResponse): string[] {
  const { flat } = response.headers;
  const head: string[] = [];
  let given = 0;
  let ownLength: string | undefined;
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] as string;
    const value = flat[index + 1] as string;
    const lower = mayConcern(name) ? name.toLowerCase() : '';
    if (lower === 'content-length') ownLength = value;
    if (connectionFields.has(lower)) continue;
    given |= corsBit(lower);
    head.push(name, value);
  }
  const { house, incoming } = call;
  if (speaksCors(house, incoming.url)) addCors(head, incoming.headers, given);
  const length = lengthOf(call, response, ownLength);
  if (length !== undefined) head.push('Content-Length', length);
  if (call.close || house.closing) head.push('Connection', 'close');
  return head;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const connectionFields: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
]);

/** Whether a field can be one that is looked at: told by its length, so that the others are not put into lower case. */
function mayConcern(name: string): boolean {
  const length = name.length;
  return length > 26 || length === 10 || length === 14 || length === 16 || length === 17 || length === 7;
}

// https://www.rfc-editor.org/rfc/rfc9110#section-8.6
function lengthOf(call: Call, response: HttpResponse, ownLength: string | undefined): string | undefined {
  const { status, body } = response;
  if (status === 204) return undefined;
  // Of an answer whose body was left out already (HEAD of an upstream, 304) only its own word is known.
  const isLeftOut = status === 304 || (call.incoming.method === 'HEAD' && body.length === 0);
  if (isLeftOut) return ownLength !== undefined && /^\d+$/.test(ownLength) ? ownLength : undefined;
  if (call.incoming.method !== 'HEAD') call.bytes = body.length;
  return String(body.length);
}

function isFinal(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 999;
}

function noFinalStatus(status: number): HttpResponse {
  const detail = `Cannot answer with the status "${status}": a final answer has 200 to 999. Ask for another.`;
  return problem(500, { detail });
}
