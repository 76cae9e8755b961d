import type { Duplex } from 'node:stream';
import { type ConnectionOptions, isWireFailure, openSocket, WireFailure } from '../client/index.ts';
import { stopwatch, systemClock } from '../core/index.ts';
import { HeaderList, type HttpResponse, noBody, reasonOf } from '../http/index.ts';
import type { UpgradeCall } from '../server/index.ts';
import { forwardedField } from './forwarded.ts';
import { forwardedRequest } from './hop-by-hop.ts';
import type { ProxyHouse } from './proxy-house.ts';
import { noAnswer } from './refusals.ts';

/** How tunnels reach the upstream, and which are open. */
export interface TunnelHouse {
  readonly house: ProxyHouse;
  readonly connection: ConnectionOptions & { readonly proxy?: string };
  readonly open: Set<Duplex>;
}

/**
 * Passes a change of protocol on: the request's head goes to the upstream on a connection of its own, and from there on every
 * byte goes to the other side as it is, the upstream's yes or no among them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.8
 */
export async function tunnel({ house, connection, open }: TunnelHouse, call: UpgradeCall): Promise<void> {
  const startedAt = systemClock.now();
  const start = stopwatch();
  const { socket } = call;
  open.add(socket);
  socket.on('error', () => socket.destroy()).once('close', () => open.delete(socket));
  const pass = (response: HttpResponse | undefined, reason: string): void => {
    const { method, target, headers } = call;
    const { origin, path } = house.upstream;
    const request = { method, target, headers, origin: `${origin}${path}`, body: noBody };
    const milliseconds = stopwatch() - start;
    house.passed({
      startedAt,
      milliseconds,
      request,
      response,
      isReal: response !== undefined,
      requestLeftOut: otherProtocol,
      responseLeftOut: otherProtocol,
      judgement: undefined,
      fate: undefined,
      reason: [reason],
    });
  };
  try {
    const upstream = await openSocket(house.upstream.origin, connection);
    if (socket.destroyed) upstream.destroy();
    else join(call, { house, upstream, told: (response) => pass(response, 'a change of protocol') });
  } catch (error) {
    if (!isWireFailure(error)) house.onError(error);
    const failure = isWireFailure(error) ? error : new WireFailure('broken', String(error));
    refuse(socket, noAnswer(house.upstream.text, failure));
    pass(undefined, failure.message);
  }
}

const otherProtocol = { reason: 'is of another protocol' };

interface Joining {
  readonly house: ProxyHouse;
  readonly upstream: Duplex;
  readonly told: (response: HttpResponse) => void;
}

function join(call: UpgradeCall, { house, upstream, told }: Joining): void {
  const { socket, first } = call;
  upstream.write(headText(call, house), 'latin1');
  if (first.length > 0) upstream.write(first);
  upstream.once('data', (piece: Uint8Array) => {
    const response = responseOf(piece);
    if (response.status !== 101) endAfterAnswer(socket, upstream);
    told(response);
  });
  const end = (): void => {
    socket.destroy();
    upstream.destroy();
  };
  upstream.on('error', end).once('close', () => (socket.writableEnded ? undefined : socket.end()));
  socket.once('close', () => upstream.destroy());
  upstream.pipe(socket);
  socket.pipe(upstream);
}

/** How long the rest of a refusal may take to come. */
const refusalMs = 2_000;

/**
 * Once the upstream has said no, what the client sends next on this connection would be an exchange that nobody judges: it has a
 * moment to read the refusal, then the connection ends.
 */
function endAfterAnswer(socket: Duplex, upstream: Duplex): void {
  socket.unpipe(upstream);
  const timer = setTimeout(() => upstream.destroy(), refusalMs);
  upstream.on('data', () => timer.refresh()).once('close', () => clearTimeout(timer));
  socket.once('data', () => socket.destroy()).resume();
}

function headText(call: UpgradeCall, { upstream }: ProxyHouse): string {
  const { method, target, headers } = call;
  const passed = [...forwardedRequest(headers), ...forwardedField(call)];
  const lines = [`${method} ${upstream.path}${target} HTTP/1.1`, `Host: ${new URL(upstream.origin).host}`];
  for (let index = 0; index < passed.length; index += 2) lines.push(`${passed[index]}: ${passed[index + 1]}`);
  const coding = headers.get('transfer-encoding');
  if (coding !== undefined) lines.push(`Transfer-Encoding: ${coding}`);
  lines.push('Connection: Upgrade', `Upgrade: ${headers.get('upgrade')}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The head of the answer, as far as it came in the first piece. */
function responseOf(piece: Uint8Array): HttpResponse {
  const text = Buffer.from(piece.subarray(0, 65_536)).toString('latin1');
  const [head = ''] = text.split('\r\n\r\n', 1);
  const [line = '', ...fields] = head.split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 502);
  const flat = fields.flatMap((field) => {
    const colon = field.indexOf(':');
    return colon < 1 ? [] : [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  return { status, headers: new HeaderList(flat), body: noBody };
}

function refuse(socket: Duplex, { status, headers, body }: HttpResponse): void {
  const lines = [
    `HTTP/1.1 ${status} ${reasonOf(status)}`,
    'Connection: close',
    `Content-Length: ${body.length}`,
  ];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]));
}
