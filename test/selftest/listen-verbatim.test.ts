import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fromWebResponse, type HttpResponse, type Target } from '../../src/http/index.ts';
import { listen } from '../../src/server/index.ts';
import { createClient } from './client.ts';
import { plantFault } from './faults/fault.ts';
import { faults } from './faults/index.ts';
import { journeys } from './journeys.ts';
import { listenVerbatim } from './listen-verbatim.ts';
import { credentials } from './server/credentials.ts';
import { createReferenceServer } from './server/serve.ts';

/** What comes back for a request, byte for byte. */
function talk(url: string, line: string, fields: readonly string[] = []): Promise<string> {
  const { port, host } = new URL(url);
  const head = [`${line} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${credentials.admin}`, ...fields];
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n`));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('end', () => resolve(text)).on('error', reject);
  });
}

async function wireOf(id: string, line: string, fields?: readonly string[]): Promise<string> {
  const fault = faults.find((one) => one.id === id);
  const listening = await listenVerbatim(
    fault === undefined ? createReferenceServer().target : plantFault(fault),
  );
  try {
    return await talk(listening.url, line, fields);
  } finally {
    await listening.close();
  }
}

const first = '/api/books/00000001-0000-4000-8000-000000000001';
const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4);

type Row = readonly [id: string, line: string, want: RegExp, fields?: readonly string[]];

const rows: readonly Row[] = [
  ['exchange/deleteBook/204/body', `DELETE ${first}`, /^HTTP\/1\.1 204 [\s\S]*\r\n\r\nleft over$/],
  [
    'exchange/getBook/304/body',
    `GET ${first}`,
    /^HTTP\/1\.1 304 [\s\S]*\r\n\r\nleft over$/,
    ['If-None-Match: *'],
  ],
  ['exchange/getBook/HEAD/body', `HEAD ${first}`, /^HTTP\/1\.1 200 [\s\S]*\r\n\r\nleft over$/],
  ['exchange/listBooks/200/content-length/long', 'GET /api/books', /\r\nContent-Length: 999999\r\n/],
  [
    'exchange/listBooks/200/content-length/short',
    'GET /api/books',
    /\r\nContent-Length: 20\r\n[\s\S]*"previous"/,
  ],
  [
    'exchange/listBooks/200/content-encoding',
    'GET /api/books',
    /\r\nContent-Encoding: gzip\r\n[\s\S]*{"count":12/,
  ],
];

describe('a server that writes what it is given', () => {
  it.each(rows.map((row) => ({ id: row[0], row })))(
    'lets a fault of the wire through: $id',
    async ({ row }) => {
      const [id, line, want, fields] = row;
      expect(await wireOf(id, line, fields)).toMatch(want);
      expect(await wireOf('none', line, fields)).not.toMatch(want);
    },
  );

  it('is tried on every fault that needs it', () => {
    expect(rows.map(([id]) => id)).toEqual(faults.filter((one) => one.onWire).map(({ id }) => id));
  });

  it('writes a length that is true where it is given none', async () => {
    const text = await wireOf('none', 'GET /api/status');
    expect(text).toContain(`\r\nContent-Length: ${bodyOf(text).length}\r\n`);
  });

  it('hands on method, target, fields and body', async () => {
    const seen: string[] = [];
    const { target } = createReferenceServer();
    const listening = await listenVerbatim((request) => {
      seen.push(`${request.method} ${request.target} ${request.headers.get('x-one')} ${request.body.length}`);
      return target(request);
    });
    await talk(listening.url, 'POST /api/books?x=%41', ['X-One: 1', 'Content-Length: 0']);
    await listening.close();
    expect(seen).toEqual(['POST /api/books?x=%41 1 0']);
  });
});

describe('a journey over an ordinary server', () => {
  it.each(Object.keys(journeys))('has the answers that it has in the process: %s', async (name) => {
    const listening = await listen(createReferenceServer().target, { cors: false });
    const over: string[] = [];
    const within: string[] = [];
    await journeys[name]?.(createClient(fetched(listening.url), ({ response }) => over.push(told(response))));
    await journeys[name]?.(
      createClient(createReferenceServer().target, ({ response }) => within.push(told(response))),
    );
    await listening.close();
    expect(over).toEqual(within);
  });
});

/** A target that is asked by fetch. */
function fetched(url: string): Target {
  return async ({ method, target, headers, body }) => {
    const sent = body.length === 0 ? {} : { body: Buffer.from(body) };
    const fields = [...headers].map(([name, value]): [string, string] => [name, value]);
    return fromWebResponse(
      await fetch(url + target, { method, headers: fields, redirect: 'manual', ...sent }),
    );
  };
}

function told({ status, headers, body }: HttpResponse): string {
  return `${status} ${headers.get('content-type')} ${headers.get('etag')} ${Buffer.from(body).toString('latin1')}`;
}
