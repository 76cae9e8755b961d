import { describe, expect, it } from 'vitest';
import { exitStatus, planContract, type Report, runContract } from '../../src/contract/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { HeaderList, type HttpResponse, noBody } from '../../src/http/index.ts';
import { eventsDocument, runOnMock, type Spoil, shop, withJson } from './selves.ts';

describe('a server that keeps its document', () => {
  it.each([
    ['the shop', shop],
    ['the events API', eventsDocument],
  ])('has no finding: the mock of %s', async (_, document) => {
    const report = await runOnMock(document);
    expect(report.findings.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(exitStatus(report)).toBe(0);
    expect(report.obligations.passed).toBeGreaterThan(report.obligations.total * 0.8);
  });

  it('gives the same verdicts for the same seed', async () => {
    const [one, other] = [await runOnMock(shop), await runOnMock(shop)];
    expect(other.results).toEqual(one.results);
    expect(other.requests).toBe(one.requests);
  });
});

describe('what is not wrong', () => {
  const multipart = {
    'multipart/form-data': { schema: { type: 'object', properties: { note: { type: 'string' } } } },
  };

  it('is a form with nothing in it, where nothing is required', async () => {
    const post = {
      requestBody: { required: true, content: multipart },
      responses: { 204: { description: '.' } },
    };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Notes', version: '1' },
      paths: { '/notes': { post } },
    };
    const { findings, results } = await runOnMock(document);
    expect(findings.filter(({ grade }) => grade === 'must')).toEqual([]);
    const empty = results.find(({ obligation }) => obligation.check === 'rejected.empty');
    expect(empty?.verdict).toEqual({ kind: 'skipped', reason: 'no such request can be made' });
  });
});

describe('what is refused whatever is sent', () => {
  const refuse: Spoil = async () => ({ status: 400, headers: new HeaderList(), body: noBody });

  it('is a finding where a request brings nothing that could be refused', async () => {
    const { findings } = await runOnMock(shop, { spoil: refuse, include: ['GET /items'] });
    expect(findings.map(({ check }) => check)).toContain('accepted.required');
  });

  it('is undecided where a body may break a rule that the document cannot tell', async () => {
    const { findings, results } = await runOnMock(shop, { spoil: refuse, include: ['POST /items'] });
    expect(findings.map(({ check }) => check)).not.toContain('accepted.required');
    const basic = results.find(({ obligation }) => obligation.check === 'accepted.required');
    expect(basic?.verdict.kind).toBe('inconclusive');
  });
});

describe('a charset', () => {
  it('of JSON that is UTF-8 must not be refused', async () => {
    const spoil: Spoil = async (request, honest) =>
      request.headers.get('content-type')?.includes('charset') === true
        ? { status: 415, headers: new HeaderList(), body: noBody }
        : honest();
    const { findings } = await runOnMock(shop, { spoil, include: ['POST /items'] });
    const found = findings.find(({ check }) => check === 'negotiation.charset');
    expect(found).toMatchObject({ grade: 'should', labels: ['deterministic'], seen: '415' });
  });
});

const broken: readonly (readonly [name: string, id: string, spoil: Spoil])[] = [
  [
    'an undocumented success',
    'listItems/exchange/body#200.type',
    spoiled('listItems', (response) => withJson(response, () => ({}))),
  ],
  [
    'a property of another type',
    'createItem/exchange/body#Item.name.type',
    spoiled('items', (response) => withJson(response, withNumberName)),
  ],
  [
    'a failure for an unknown id',
    'getItem/exchange/server-error',
    async (request, honest) => {
      const response = await honest();
      return /\/items\/0/.test(request.target) ? { ...response, status: 500 } : response;
    },
  ],
  [
    'a limit that is not checked',
    'listItems/query.limit/maximum/rejected',
    (request, honest) => honest({ ...request, target: request.target.replace(/limit=51/, 'limit=50') }),
  ],
  [
    'no query parameter is checked',
    'listItems/query/unchecked',
    (request, honest) =>
      honest({ ...request, target: /\/items(\?|$)/.test(request.target) ? '/items' : request.target }),
  ],
  [
    'a body of a wrong length is taken',
    'createItem/body.name/maxLength/rejected',
    (request, honest) => honest({ ...request, body: cutName(request.body) }),
  ],
  [
    'anybody is let in',
    'listItems/credentials/none',
    (request, honest) =>
      request.method === 'GET' && /\/items(\?|$)/.test(request.target)
        ? honest({ ...request, headers: request.headers.with('X-Key', 'secret-token-1234') })
        : honest(),
  ],
  [
    'a length that is not true',
    'listItems/exchange/wire',
    spoiled('listItems', (response) => ({
      ...response,
      headers: response.headers.with('Content-Length', '1'),
    })),
  ],
];

function spoiled(what: 'listItems' | 'items', change: (response: HttpResponse) => HttpResponse): Spoil {
  return async (request, honest) => {
    const response = await honest();
    const isList = request.method === 'GET' && /\/items(\?|$)/.test(request.target);
    const wanted = what === 'items' ? !isList : isList;
    return wanted && response.status < 300 ? change(response) : response;
  };
}

function withNumberName(value: unknown): unknown {
  return typeof value === 'object' ? { ...value, name: 7 } : value;
}

function cutName(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString('utf8');
  return Buffer.from(text.replace(/"name":"([^"]{20})[^"]+"/, '"name":"$1"'));
}

describe('a server that breaks one promise', () => {
  it.each(broken)('is found by one finding: %s', async (_, id, spoil) => {
    const report = await runOnMock(shop, { spoil });
    expect(report.findings.map((one) => one.id)).toEqual([id]);
    expect(report.findings[0]?.labels).toEqual(['deterministic']);
    expect(exitStatus(report)).toBe(1);
  });

  it('is shown with the line of the document, a curl, and no credential', async () => {
    const spoil = spoiled('listItems', (response) => withJson(response, () => ({})));
    const report = await runOnMock(shop, { spoil });
    const [finding] = report.findings;
    expect(finding?.request.curl).toMatch(/^curl -i -X GET .*http:\/\/localhost\/items/);
    expect(finding?.document?.pointer).toContain('/responses/200/content');
    expect(JSON.stringify(report)).not.toContain('secret-token-1234');
  });
});

describe('a server that is lenient', () => {
  it('is not blamed: it takes numbers as text, and keys that it does not know', async () => {
    const report = await runOnMock(shop, {
      spoil: (request, honest) =>
        honest({
          ...request,
          target: request.target.replace(/[?&]unknown=\w+/, ''),
          body: unquoted(request.body),
        }),
    });
    expect(report.findings).toEqual([]);
  });

  it('is not blamed for another documented refusal', async () => {
    const spoil: Spoil = async (_, honest) => {
      const response = await honest();
      return response.status === 422 ? { ...response, status: 400 } : response;
    };
    expect((await runOnMock(shop, { spoil })).findings).toEqual([]);
  });
});

function unquoted(body: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(body)
      .toString('utf8')
      .replaceAll(/"price":"(\d+)"/g, '"price":$1'),
  );
}

describe('a server that misbehaves', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['never answers', () => new Promise<HttpResponse>(() => {})],
    [
      'answers nonsense',
      () =>
        Promise.resolve({
          status: 299,
          headers: new HeaderList(['content-type', ';;;']),
          body: Buffer.from([255, 0]),
        }),
    ],
    ['says nothing', () => Promise.resolve({ status: 200, headers: new HeaderList(), body: noBody })],
  ])('never breaks the run: it %s', async (_, target) => {
    const report = await runContract({
      document: shop,
      target,
      timeout: 20,
      seed: 1,
      budget: { seconds: 5 },
    });
    expect(exitStatus(report)).not.toBe(0);
  });

  it('ends with an error where nothing listens', async () => {
    const run = runContract({ document: shop, target: 'http://127.0.0.1:9' });
    await expect(run).rejects.toMatchObject({ code: 'ERR_TARGET' });
  });
});

describe('the limits of a run', () => {
  it('leave every verdict as it is where they are never reached', async () => {
    const decided = ({ results }: Report): readonly unknown[] =>
      results.map(({ obligation, verdict }) => [obligation.id, verdict]);
    const free = decided(await runOnMock(shop));
    expect(free).toContainEqual(['listItems/credentials/challenge', { kind: 'passed' }]);
    expect(decided(await runOnMock(shop, { budget: { requests: 5000 } }))).toEqual(free);
  });

  it('sends nothing but safe requests without writes', async () => {
    const methods = new Set<string>();
    await runOnMock(shop, {
      writes: false,
      onEvent: (event) => event.kind === 'exchange' && methods.add(event.exchange.request.method),
    });
    expect([...methods].toSorted()).toEqual(['GET', 'HEAD']);
  });

  it('keeps to a budget of requests, and is not green then', async () => {
    const report = await runOnMock(shop, { budget: { requests: 5 } });
    expect(report.requests).toBe(5);
    expect(exitStatus(report)).toBe(3);
  });

  it('says which scheme is wanted where no credential was given', async () => {
    const report = await runOnMock(shop, { auth: {} });
    expect(exitStatus(report)).toBe(3);
    expect(report.notes.join('\n')).toMatch(
      /listItems, createItem.*: every positive case was refused \(401.*credential of key \(the header X-Key\).*APIDOUBLE_AUTH_KEY/,
    );
  });
});

describe('the plan', () => {
  it('has stable ids, each once', async () => {
    const document = await loadDocument(eventsDocument);
    const ids = planContract(document).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('events_events_list/query.page_size/type/rejected');
    expect(planContract(document).map(({ id }) => id)).toEqual(ids);
  });

  it('grows with the operations, not with their product', async () => {
    const sizes = await Promise.all(
      [1, 2, 4].map(async (count) => planContract(await loadDocument(manyShops(count))).length),
    );
    expect(sizes[1]).toBe(2 * (sizes[0] ?? 0));
    expect(sizes[2]).toBe(4 * (sizes[0] ?? 0));
  });

  it('keeps what is included and leaves out what is excluded', async () => {
    const document = await loadDocument(shop);
    const ids = planContract(document, { include: ['listItems'], exclude: ['credentials.*'] }).map(
      ({ id }) => id,
    );
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.filter((id) => !id.startsWith('listItems/') || id.includes('/credentials/'))).toEqual([]);
  });
});

function manyShops(count: number): object {
  const { paths } = shop as { paths: Record<string, { get: object }> };
  const list = paths['/items']?.get;
  const many = Array.from({ length: count }, (_, index) => [
    `/items${index}`,
    { get: { ...list, operationId: `list${index}` } },
  ]);
  return { ...shop, paths: Object.fromEntries(many) };
}
