import { describe, expect, it } from 'vitest';
import { HeaderList, type HttpRequest } from '../../src/http/index.ts';
import { jsonResponse } from '../../src/http/problem.ts';
import { createReplay } from '../../src/proxy/index.ts';
import type { RecordedExchange } from '../../src/recording/index.ts';

function request(line: string, body = '', fields: readonly string[] = []): HttpRequest {
  const [method = '', target = ''] = line.split(' ');
  const headers = new HeaderList(body === '' ? fields : ['Content-Type', 'application/json', ...fields]);
  return { method, target, origin: 'http://up', headers, body: Buffer.from(body) };
}

function recorded(line: string, answer: unknown, body = ''): RecordedExchange {
  const exchange = { request: request(line, body), response: jsonResponse(200, answer) };
  return { exchange, startedAt: 0, milliseconds: 1 };
}

async function answerTo(
  replay: ReturnType<typeof createReplay>,
  ...of: Parameters<typeof request>
): Promise<unknown> {
  const { body } = await replay.send(request(...of));
  return JSON.parse(Buffer.from(body).toString());
}

describe('a replay', () => {
  it('answers the same request: query in any order, JSON in any form', async () => {
    const replay = createReplay([recorded('POST /a?x=1&y=2', 'yes', '{"a":1,"b":[1,2]}')]);
    expect(await answerTo(replay, 'POST /a?y=2&x=1', '{ "b": [1, 2], "a": 1 }')).toBe('yes');
  });

  it.each([
    ['GET /a', '', 'its method is POST'],
    ['POST /b', '{"a":1}', 'its path is /a'],
    ['POST /a?x=2', '{"a":1}', 'its query is "x=1"'],
    ['POST /a?x=1', '{"a":2}', 'its body is {"a":1}'],
  ])('has a 404 for %s %s that names the nearest and its difference', async (line, body, want) => {
    const replay = createReplay([
      recorded('POST /a?x=1', 'yes', '{"a":1}'),
      recorded('GET /else/where', 'no'),
    ]);
    const response = await replay.send(request(line, body));
    expect(response.status).toBe(404);
    expect(JSON.parse(Buffer.from(response.body).toString())).toMatchObject({
      type: 'urn:apidouble:problem:replay.not-recorded',
      detail: expect.stringContaining(want),
    });
  });

  it('gives a request that was recorded several times its answers in order, the last from then on', async () => {
    const replay = createReplay([recorded('GET /a', 1), recorded('GET /a', 2), recorded('GET /b', 9)]);
    expect([await answerTo(replay, 'GET /a'), await answerTo(replay, 'GET /b')]).toEqual([1, 9]);
    expect([await answerTo(replay, 'GET /a'), await answerTo(replay, 'GET /a')]).toEqual([2, 2]);
    replay.reset();
    expect(await answerTo(replay, 'GET /a')).toBe(1);
  });

  it('compares requests without their secrets, which the recording may not have', async () => {
    const replay = createReplay([
      recorded('POST /login?api_key=%5Bredacted%5D', 'in', '{"password":"[redacted]"}'),
    ]);
    expect(await answerTo(replay, 'POST /login?api_key=real', '{"password":"real"}')).toBe('in');
  });

  it('fills its gaps where it is told to, and says so', async () => {
    const fallback = async () => jsonResponse(200, 'made up');
    const replay = createReplay([recorded('GET /a', 1)], { fallback });
    const response = await replay.send(request('GET /b'));
    expect(response.headers.get('apidouble-reason')).toBe('not recorded: filled from the mock');
    expect(await answerTo(replay, 'GET /a')).toBe(1);
  });

  it('says what it cannot give', async () => {
    const replay = createReplay([{ ...recorded('GET /a', 1), responseLeftOut: { reason: 'is too long' } }]);
    expect((await replay.send(request('GET /a'))).status).toBe(501);
  });
});
