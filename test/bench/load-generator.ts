/**
 * The load generator: raw sockets, keep-alive, no pipelining, in a process of its own.
 *
 * It parses only what it must (status, length) and so costs a fraction of the cheapest server; the report prints how
 * busy it was beside each figure's server, because a loader that is busy all the time is what would be measured.
 */
import { connect, type Socket } from 'node:net';

/** One measurement to be made. */
export interface LoadOrder {
  readonly port: number;
  /** Complete HTTP/1.1 requests, sent in turn. */
  readonly requests: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

/** What came of it. */
export interface LoadResult {
  readonly count: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers by status code. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Mean size of an answer with its head, in bytes. */
  readonly bytes: number;
  /** The share of one core that the generator used. */
  readonly busy: number;
  /** Connections that broke. */
  readonly broken: number;
}

interface Tally {
  readonly latencies: number[];
  readonly statuses: Record<string, number>;
  bytes: number;
  broken: number;
  next: number;
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/** Follows one answer at a time through the pieces that it comes in. */
class AnswerReader {
  #head = '';
  #size = 0;
  #expected = -1;
  #status = '';

  get status(): string {
    return this.#status;
  }

  get size(): number {
    return this.#size;
  }

  reset(): void {
    this.#head = '';
    this.#size = 0;
    this.#expected = -1;
  }

  /** True where this piece ends the answer. */
  push(piece: Buffer): boolean {
    this.#size += piece.length;
    if (this.#expected === -1) this.#readHead(piece);
    if (this.#expected === -1) return false;
    // Chunked: the last chunk ends the last piece; JSON has no raw line break before a zero, so nothing else does.
    if (this.#expected === Number.POSITIVE_INFINITY) return piece.subarray(-5).equals(lastChunk);
    return this.#size >= this.#expected;
  }

  #readHead(piece: Buffer): void {
    const end = piece.indexOf(headEnd);
    if (end === -1 && this.#head === '') {
      this.#head = piece.toString('latin1');
      return;
    }
    const head = this.#head + piece.toString('latin1', 0, this.#head === '' ? end + 2 : piece.length);
    const stop = this.#head === '' ? end : head.indexOf('\r\n\r\n');
    this.#head = head;
    if (stop === -1) return;
    this.#status = head.slice(9, 12);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head);
    if (length !== null) this.#expected = stop + 4 + Number(length[1]);
    else this.#expected = this.#status === '204' ? stop + 4 : Number.POSITIVE_INFINITY;
  }
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const requests = order.requests.map((text) => Buffer.from(text));
  const tally: Tally = { latencies: [], statuses: {}, bytes: 0, broken: 0, next: 0 };
  const before = process.cpuUsage();
  const start = performance.now();
  const deadline = start + order.seconds * 1000;
  const connections = Array.from({ length: order.connections }, () =>
    useConnection(order.port, requests, tally, deadline),
  );
  await Promise.all(connections);
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const sorted = Float64Array.from(tally.latencies).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    count: sorted.length,
    seconds: elapsed / 1000,
    p50: at(0.5),
    p99: at(0.99),
    statuses: tally.statuses,
    bytes: tally.bytes / Math.max(1, sorted.length),
    busy: (user + system) / 1000 / elapsed,
    broken: tally.broken,
  };
}

function useConnection(
  port: number,
  requests: readonly Buffer[],
  tally: Tally,
  deadline: number,
): Promise<void> {
  return new Promise((resolve) => {
    const reader = new AnswerReader();
    let sent = 0;
    const send = (): void => {
      reader.reset();
      sent = performance.now();
      socket.write(requests[tally.next] as Buffer);
      tally.next = (tally.next + 1) % requests.length;
    };
    const take = (piece: Buffer): void => {
      if (!reader.push(piece)) return;
      const now = performance.now();
      tally.latencies.push(now - sent);
      tally.bytes += reader.size;
      tally.statuses[reader.status] = (tally.statuses[reader.status] ?? 0) + 1;
      if (now < deadline) send();
      else socket.destroy();
    };
    const buffer = Buffer.allocUnsafe(65_536);
    const onread = {
      buffer,
      callback: (size: number): boolean => {
        take(buffer.subarray(0, size));
        return true;
      },
    };
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true, onread }, send);
    // A server that is slower than the round must not hold it up for ever.
    const patience = setTimeout(() => socket.destroy(), deadline - performance.now() + 15_000);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      if (performance.now() < deadline) tally.broken += 1;
      resolve();
    });
  });
}

process.on('message', (order: LoadOrder) => {
  run(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
