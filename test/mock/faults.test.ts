import { describe, expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import type { HttpRequest, Mock, MockOptions } from '../../src/index.ts';
import { createMock } from '../../src/index.ts';
import { shop } from './shop.ts';

type Faults = NonNullable<MockOptions['faults']>;

const shopWith = (faults: Faults, more: Partial<MockOptions> = {}): Promise<Mock> =>
  createMock({ document: shop, seed: 1, faults, ...more });

const list = (mock: Mock, query = ''): Promise<Response> =>
  mock.fetch(new Request(`http://mock/things${query}`));

/** What became of so many requests: a status, or `cut`. */
async function outcomes(mock: Mock, count: number): Promise<string> {
  const found: string[] = [];
  for (let n = 0; n < count; n += 1) {
    found.push(
      await list(mock).then(
        ({ status }) => String(status),
        () => 'cut',
      ),
    );
  }
  return found.join(' ');
}

describe('faults', () => {
  it('answer with the document’s response for the status where it has one, and Retry-After', async () => {
    const mock = await shopWith([{ status: 429 }]);
    const response = await list(mock);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    const later = await list(await shopWith([{ status: 503, retryAfter: 120 }]));
    expect([later.status, later.headers.get('retry-after')]).toEqual([503, '120']);
    const documented = await shopWith([{ status: 403, on: 'createThing' }]);
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
    const answer = await documented.fetch(
      new Request('http://mock/things', { method: 'POST', headers, body: '{"name":"a"}' }),
    );
    expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'application/json']);
  });

  it('meet the share of requests that they say, the same ones with the same seed', async () => {
    const first = await outcomes(await shopWith([{ status: 503, rate: 0.25 }]), 200);
    const hit = first.split(' ').filter((one) => one === '503').length;
    expect(hit).toBeGreaterThan(30);
    expect(hit).toBeLessThan(70);
    expect(await outcomes(await shopWith([{ status: 503, rate: '25%' }]), 200)).toBe(first);
    expect(await outcomes(await shopWith([{ status: 503, rate: 0.25 }], { seed: 2 }), 200)).not.toBe(first);
    const mock = await shopWith([{ cut: 'before-headers', rate: 0.25 }]);
    expect(await outcomes(mock, 200)).toBe(first.replaceAll('503', 'cut'));
    mock.reset();
    expect(await outcomes(mock, 20)).toBe(first.replaceAll('503', 'cut').split(' ').slice(0, 20).join(' '));
  });

  it('meet requests that the mock refuses too, and no rule does', async () => {
    const send = async (faults: Faults, authorization: string): Promise<number> => {
      const mock = await shopWith(faults, {
        scenarios: [{ name: 'all', rules: [{ on: '*', reply: { status: 418 } }] }],
      });
      const headers = { 'content-type': 'application/json', authorization };
      const response = await mock.fetch(
        new Request('http://mock/things', { method: 'POST', headers, body: '{}' }),
      );
      return response.status;
    };
    const status: Faults = [{ status: 503 }];
    const refusals = await Promise.all([send([], ''), send([], 'Bearer x')]);
    expect(refusals.every((one) => one >= 400 && one < 500 && one !== 418)).toBe(true);
    expect(await Promise.all([send(status, ''), send(status, 'Bearer x')])).toEqual([503, 503]);
    const cut = shopWith([{ cut: 'before-headers' }]).then((mock) => list(mock, '?page=0'));
    await expect(cut).rejects.toThrow();
  });

  it('meet only the requests that they are meant for', async () => {
    const mock = await shopWith([{ status: 503, when: { query: { page: 2 } } }]);
    expect([(await list(mock)).status, (await list(mock, '?page=2')).status]).toEqual([200, 503]);
    const counted = await shopWith([{ status: 503, when: { count: { every: 3 } } }]);
    expect(await outcomes(counted, 6)).toBe('200 200 503 200 200 503');
  });

  it('let no rule count what they refuse', async () => {
    const mock = await shopWith([{ status: 503, when: { count: 1 } }], {
      scenarios: [{ rules: [{ on: 'listThings', reply: [{ status: 418 }, { passthrough: true }] }] }],
    });
    expect(await outcomes(mock, 3)).toBe('503 418 200');
  });

  it('spoil the content', async () => {
    const whole = await (await list(await shopWith([]))).text();
    const half = await list(await shopWith([{ wrong: 'truncated' }]));
    expect(await half.text()).toBe(
      whole.slice(
        0,
        half.headers.get('content-length') === null ? Math.floor(Buffer.byteLength(whole) / 2) : 0,
      ),
    );
    expect(await (await list(await shopWith([{ wrong: 'empty' }]))).text()).toBe('');
    const page = await list(await shopWith([{ wrong: 'html' }]));
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(await page.text()).toMatch(/^<!doctype html>/);
    const bytes = await (await list(await shopWith([{ wrong: 'garbage' }]))).arrayBuffer();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    expect(bytes.byteLength).toBe(Buffer.byteLength(whole));
  });

  it('stand beside rules and in them, and add up', async () => {
    const mock = await shopWith([{ wrong: 'empty' }], {
      scenarios: [
        {
          rules: [
            { on: 'listThings', reply: [{ status: 418, fault: { cut: 'before-headers' } }, { status: 418 }] },
          ],
        },
      ],
    });
    await expect(list(mock)).rejects.toThrow('The connection was cut');
    const response = await list(mock);
    expect([response.status, await response.text()]).toEqual([418, '']);
  });
});

describe('cut and slow answers in the same process', () => {
  const request: HttpRequest = {
    method: 'GET',
    target: '/things',
    origin: 'http://mock',
    headers: new HeaderList(),
    body: new Uint8Array(0),
  };

  it('reject where no answer came', async () => {
    for (const cut of ['before-headers', 'mid-body'] as const) {
      const mock = await shopWith([{ cut }]);
      await expect(mock.send(request)).rejects.toMatchObject({ name: 'ConnectionCut', code: 'ECONNRESET' });
      expect(mock.requests()).toHaveLength(1);
    }
  });

  it('give a body that breaks off as a stream that fails', async () => {
    const response = await list(await shopWith([{ cut: 'mid-body' }]));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('in the middle of the body');
  });

  it('give a slow body piece by piece, and whole', async () => {
    const whole = await (await list(await shopWith([]))).text();
    const response = await list(await shopWith([{ slow: 20_000 }]));
    let pieces = 0;
    let text = '';
    for await (const piece of response.body ?? []) {
      pieces += 1;
      text += Buffer.from(piece).toString();
    }
    expect(text).toBe(whole);
    expect(pieces).toBeGreaterThan(1);
    expect(pieces).toBe(Math.ceil(Buffer.byteLength(whole) / 1000));
  });

  it('are called off with the request', async () => {
    const mock = await shopWith([{ latency: 60_000 }]);
    await expect(mock.send(request, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
    await expect(
      mock.fetch(new Request('http://mock/things', { signal: AbortSignal.abort() })),
    ).rejects.toThrow('abort');
  });
});

describe('Prefer: wait', () => {
  it.each(['61', '-1', 'soon', '1e9', '', '1.2345'])('refuses %j', async (wait) => {
    const response = await (await shopWith([])).fetch(
      new Request('http://mock/things', { headers: { prefer: `wait="${wait}"` } }),
    );
    expect(response.status).toBe(422);
    expect(((await response.json()) as { detail: string }).detail).toContain(
      'a number of seconds from 0 to 60',
    );
  });

  it('holds the answer back, by header and query', async () => {
    const mock = await shopWith([]);
    for (const one of [
      new Request('http://mock/things?__wait=60'),
      new Request('http://mock/things', { headers: { prefer: 'wait=60' } }),
    ]) {
      const leaving = new AbortController();
      const waiting = mock.fetch(new Request(one, { signal: leaving.signal }));
      setTimeout(() => leaving.abort(), 10);
      await expect(waiting).rejects.toThrow('abort');
    }
    expect((await list(mock, '?__wait=0.001')).status).toBe(200);
  });
});
