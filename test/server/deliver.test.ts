import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Delivery, HeaderList } from '../../src/http/index.ts';
import { listen, type Server } from '../../src/server/index.ts';

let server: Server | undefined;

afterEach(() => server?.close({ timeoutMs: 0 }));

const body = Buffer.from('0123456789'.repeat(20));

interface Outcome {
  readonly status: number | undefined;
  readonly text: string;
  readonly pieces: number;
  readonly error: string | undefined;
}

/** Asks a server that delivers its answer so. */
async function ask(delivery: Delivery, method = 'GET'): Promise<Outcome> {
  server = await listen(async () => ({
    status: 200,
    headers: new HeaderList(['Content-Type', 'text/plain']),
    body,
    delivery,
  }));
  const { url } = server;
  return new Promise((resolve) => {
    let status: number | undefined;
    let text = '';
    let pieces = 0;
    const end = (error?: NodeJS.ErrnoException): void =>
      resolve({ status, text, pieces, error: error?.code });
    const outgoing = request(url, { method, agent: false }, (incoming) => {
      status = incoming.statusCode;
      incoming.on('data', (piece: Buffer) => {
        text += piece.toString();
        pieces += 1;
      });
      incoming.on('end', () => end()).on('error', end);
    });
    outgoing.on('error', end).end();
  });
}

describe('an answer with a delivery of its own', () => {
  it('comes whole when it is only late', async () => {
    expect(await ask({ delay: 5 })).toMatchObject({ status: 200, text: body.toString(), error: undefined });
  });

  it('comes whole when it is slow, in pieces', async () => {
    const outcome = await ask({ pace: 1000 });
    expect(outcome).toMatchObject({ status: 200, text: body.toString(), error: undefined });
    expect(outcome.pieces).toBeGreaterThan(1);
  });

  it('is cut before its head', async () => {
    expect(await ask({ cut: 'before-headers' })).toMatchObject({ status: undefined, error: 'ECONNRESET' });
  });

  it.each<[string, Delivery]>([
    ['at once', { cut: 'mid-body' }],
    ['late and slow', { cut: 'mid-body', delay: 1, pace: 2000 }],
  ])('is cut in the middle of its body, %s', async (_, delivery) => {
    const outcome = await ask(delivery);
    expect(outcome).toMatchObject({ status: 200, text: body.toString().slice(0, 100), error: 'ECONNRESET' });
  });

  it('has no middle where it has no body', async () => {
    expect(await ask({ cut: 'mid-body' }, 'HEAD')).toMatchObject({ status: undefined, error: 'ECONNRESET' });
    await server?.close({ timeoutMs: 0 });
    expect(await ask({ pace: 1 }, 'HEAD')).toMatchObject({ status: 200, text: '', error: undefined });
  });

  it('does not keep a server from closing, nor go on for a client that has left', async () => {
    server = await listen(async () => ({
      status: 200,
      headers: new HeaderList(),
      body,
      delivery: { delay: 60_000 },
    }));
    const outgoing = request(server.url, { agent: false });
    const left = new Promise((resolve) => outgoing.on('error', resolve));
    outgoing.end();
    await new Promise((resolve) => setTimeout(resolve, 20));
    outgoing.destroy(new Error('bye'));
    await left;
    await server.close({ timeoutMs: 1000 });
  });
});
