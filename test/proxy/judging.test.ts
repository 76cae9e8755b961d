import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ProxyRecorder } from '../../src/proxy/index.ts';
import type { RecordedExchange } from '../../src/recording/index.ts';
import { ask } from './raw-client.ts';
import { json, request, withProxy } from './with-proxy.ts';

const things = (body: unknown) => json(200, body);
const isJson = ['Content-Type: application/json'];

describe('what the proxy finds', () => {
  it.each([
    ['nothing', 'GET /api/things', [], '', json(200, [{ id: 1, name: 'a' }]), []],
    ['a parameter', 'GET /api/things?limit=101', [], '', things([]), ['request schema.maximum']],
    ['a body of a request', 'POST /api/things', isJson, '{}', json(422, {}), ['request schema.required']],
    ['a credential', 'DELETE /api/things/1', [], '', 'HTTP/1.1 204 X\r\n\r\n', ['request security.missing']],
    ['a status', 'GET /api/things/1', [], '', json(202, {}), ['response response.undocumented-status']],
    ['a body', 'GET /api/things', [], '', things([{ id: 'x', name: 'a' }]), ['response schema.type']],
    [
      'a media type',
      'GET /api/things',
      [],
      '',
      'HTTP/1.1 200 X\r\nContent-Type: text/csv\r\nContent-Length: 1\r\n\r\na',
      ['response response.media-type'],
    ],
    ['a route', 'GET /api/thing', [], '', things([]), ['request route.not-found']],
    ['a method', 'PUT /api/things', [], '', things([]), ['request route.method-not-allowed']],
    [
      'a broken coding',
      'GET /api/things',
      [],
      '',
      json(200, [], ['Content-Encoding: gzip']),
      ['response body.content-coding'],
    ],
  ])('%s', async (_, line, fields, body, answer, want) => {
    await withProxy(
      ({ socket }) => socket.write(answer),
      async ({ server, proxy, entries, asked }) => {
        const got = await ask(server.port, request(line, fields, body));
        expect(got.raw).toContain(`HTTP/1.1 ${answer.slice(9, 12)}`);
        expect(asked).toHaveLength(1);
        await proxy.settled();
        expect(entries[0]?.findings.map(({ side, code }) => `${side} ${code}`)).toEqual(want);
      },
    );
  });

  it('once, with how often; the index of a list and the id in a path make no difference', async () => {
    await withProxy(
      ({ socket, head }) =>
        socket.write(
          head.includes('/things/') ? json(200, { id: 1 }) : things([{ id: 1, name: 'a' }, { id: 2 }]),
        ),
      async ({ server, proxy }) => {
        for (const path of ['/things/1', '/things/2', '/things', '/things']) {
          await ask(server.port, request(`GET /api${path}`));
        }
        await proxy.settled();
        expect(
          proxy.findings().map(({ operation, occurrences }) => [operation?.operationId, occurrences]),
        ).toEqual([
          ['getThing', 2],
          ['listThings', 2],
        ]);
        const seen = proxy.coverage().operations.filter(({ requests }) => requests > 0);
        expect(seen.map(({ operation, statuses }) => [operation.operationId, [...statuses]])).toEqual([
          ['listThings', [[200, 2]]],
          ['getThing', [[200, 2]]],
        ]);
      },
    );
  });

  it('in compressed bodies of both directions, and nothing in codings that it does not know', async () => {
    const packed = gzipSync('{"name":1}');
    await withProxy(
      ({ socket }) => socket.write(json(201, { id: 1, name: 'a' }, ['Content-Encoding: compress'])),
      async ({ server, proxy, entries }) => {
        const head = `POST /api/things HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`;
        await ask(server.port, [Buffer.concat([Buffer.from(head), packed])]);
        await proxy.settled();
        expect(entries[0]?.findings.map(({ side, code }) => `${side} ${code}`)).toEqual([
          'request schema.type',
        ]);
        expect(entries[0]?.reason.join()).toContain('"compress" is not known');
      },
    );
  });

  it('only of answers where requests are not judged', async () => {
    await withProxy(
      ({ socket }) => socket.write(things([{ id: 1 }])),
      async ({ server, proxy }) => {
        await ask(server.port, request('GET /api/things?limit=101'));
        await proxy.settled();
        expect(proxy.findings().map(({ finding }) => finding.side)).toEqual(['response']);
      },
      { validateRequest: false },
    );
  });
});

describe('with a header for findings', () => {
  it('the answer is held and tells them, streams and long bodies aside', async () => {
    const long = `[${' '.repeat(3000)}]`;
    await withProxy(
      ({ socket, head }) => {
        if (head.includes('/blob')) {
          socket.write('HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nContent-Length: 2\r\n\r\n\n\n');
        } else if (head.includes('long')) {
          socket.write(
            `HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: ${long.length}\r\n\r\n`,
          );
          socket.write(long);
        } else socket.write(json(200, [{ id: 1 }]));
      },
      async ({ server }) => {
        const held = await ask(server.port, request('GET /api/things?limit=101'));
        const told = held.fields.find(([name]) => name === 'sl-violations')?.[1];
        expect(JSON.parse(told ?? '[]')).toMatchObject([
          { location: ['request', 'query', 'limit'], severity: 'Error', code: 'maximum' },
          { location: ['response', 'body', '0'], severity: 'Error', code: 'required' },
        ]);
        expect(held.body.toString()).toBe('[{"id":1}]');
        const events = await ask(server.port, request('GET /api/blob'));
        expect([events.isWhole, events.raw.includes('sl-violations')]).toEqual([true, false]);
        const passed = await ask(server.port, request('GET /api/things?long=1&limit=101'));
        expect([passed.body.toString(), passed.raw.includes('sl-violations')]).toEqual([long, false]);
      },
      { violationsHeader: true, judgeLimit: 1000 },
    );
  });
});

describe('with errors', () => {
  const problemOf = (body: Buffer): Record<string, unknown> =>
    JSON.parse(body.toString()) as Record<string, unknown>;

  it.each([
    ['POST /api/things', isJson, '{}', 422],
    ['POST /api/things', isJson, '{', 400],
    ['POST /api/things', ['Content-Type: text/csv'], 'a', 415],
    ['DELETE /api/things/1', [], '', 401],
  ])('%s with %j %j is refused with a %i and not passed on', async (line, fields, body, status) => {
    await withProxy(
      ({ socket }) => socket.write(json(201, { id: 1, name: 'a' })),
      async ({ server, asked, proxy }) => {
        const got = await ask(server.port, request(line, fields, body));
        expect([got.status, asked.length]).toEqual([status, 0]);
        await proxy.settled();
        const { requests, refused, replaced, findings, operations } = proxy.coverage();
        expect({ requests, refused, replaced }).toEqual({ requests: 0, refused: 1, replaced: 0 });
        expect(findings[0]).toMatchObject({
          finding: { side: 'request' },
          exchange: { response: { status } },
        });
        const seen = operations.filter((one) => one.refused > 0);
        expect(seen.map(({ statuses }) => statuses.size)).toEqual([0]);
        expect(problemOf(got.body)).toMatchObject({
          type: 'urn:apidouble:problem:request.violations',
          status,
        });
        expect(got.raw).toContain('sl-violations: [');
      },
      { errors: true },
    );
  });

  it('an answer that breaks the document is a 500; one that keeps it passes as it is', async () => {
    await withProxy(
      ({ socket, head }) =>
        socket.write(json(200, head.includes('limit=1') ? [] : [{ id: 1 }], ['X-Own: 1'])),
      async ({ server, proxy }) => {
        const bad = await ask(server.port, request('GET /api/things'));
        expect(bad.status).toBe(500);
        expect(problemOf(bad.body)).toMatchObject({
          validation: [{ location: ['body', '0'], code: 'required' }],
        });
        const good = await ask(server.port, request('GET /api/things?limit=1'));
        expect([good.status, good.body.toString()]).toEqual([200, '[]']);
        expect(good.fields).toContainEqual(['X-Own', '1']);
        await proxy.settled();
        const { requests, refused, replaced, operations } = proxy.coverage();
        expect({ requests, refused, replaced }).toEqual({ requests: 2, refused: 0, replaced: 1 });
        const list = operations.find(({ operation }) => operation.key === 'listThings');
        expect(list?.statuses).toEqual(new Map([[200, 2]]));
        expect(list?.parameters).toEqual(new Set(['query.limit']));
      },
      { errors: true },
    );
  });

  it('a route that the document does not know still passes, and so does a body that is too long to be judged', async () => {
    await withProxy(
      ({ socket, body }) => socket.write(json(200, body.length)),
      async ({ server, asked }) => {
        expect((await ask(server.port, request('GET /elsewhere'))).status).toBe(200);
        const head =
          'POST /api/blob HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3000\r\n\r\n';
        const long = await ask(server.port, [head, 'x'.repeat(1500), 'y'.repeat(1500)]);
        expect(long.body.toString()).toBe('3000');
        expect(asked[1]?.body.toString()).toBe('x'.repeat(1500) + 'y'.repeat(1500));
        const whole = await ask(server.port, [head + 'z'.repeat(3000)]);
        expect(whole.body.toString()).toBe('3000');
      },
      { errors: true, judgeLimit: 1000 },
    );
  });
});

describe('with a recorder', () => {
  const recorder = (record: (recorded: RecordedExchange) => void): ProxyRecorder => {
    let fault: Error | undefined;
    return {
      refusal: () => fault,
      close: () => {},
      record(recorded) {
        try {
          record(recorded);
        } catch (error) {
          fault = error as Error;
          throw error;
        }
      },
    };
  };

  it.each([
    ['GET', 'HTTP/1.1 200 X\r\nContent-Length: 4\r\n\r\nbody'],
    ['GET', 'HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX-T: 1\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 X\r\n\r\n'],
    ['HEAD', 'HTTP/1.1 200 X\r\nContent-Length: 4\r\n\r\n'],
  ])('no client of %s %j sees an end that is not recorded', async (method, answer) => {
    await withProxy(
      ({ socket }) => socket.write(answer),
      async ({ server, errors }) => {
        const first = await ask(server.port, request(`${method} /api/blob`), method);
        // Either no head at all came of it, or a body that does not end.
        expect(first.status === 507 || !first.isWhole).toBe(true);
        expect(String(errors[0])).toContain('the disk is full');
        const next = await ask(server.port, request(`${method} /api/blob`), method);
        expect(next.status).toBe(507);
      },
      {
        recorder: recorder(() => {
          throw new Error('the disk is full');
        }),
      },
    );
  });

  it('has the bytes of both bodies, and the trailers', async () => {
    const recorded: RecordedExchange[] = [];
    await withProxy(
      ({ socket }) =>
        socket.write(
          'HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\xff\x00\r\n0\r\nX-T: 1\r\n\r\n',
          'latin1',
        ),
      async ({ server }) => {
        await ask(server.port, request('POST /api/blob', ['X-Own: 1'], 'sent'));
        expect(recorded).toHaveLength(1);
        const [{ exchange, trailers } = { exchange: undefined, trailers: undefined }] = recorded;
        expect(Buffer.from(exchange?.request.body ?? []).toString()).toBe('sent');
        expect([...(exchange?.response.body ?? [])]).toEqual([255, 0]);
        expect(exchange?.request.headers.get('x-own')).toBe('1');
        expect(trailers).toEqual([['X-T', '1']]);
      },
      { recorder: recorder((one) => recorded.push(one)) },
    );
  });
});
