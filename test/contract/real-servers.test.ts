import { describe, expect, it } from 'vitest';
import { type ContractOptions, type Report, runContract } from '../../src/contract/index.ts';
import { HeaderList, type HttpRequest, type HttpResponse, splitTarget } from '../../src/http/index.ts';

/** What PowerDNS, WireMock and Unleash do, each in the smallest server that does it. */

type Answer = (request: HttpRequest, path: string, query: URLSearchParams) => HttpResponse;

const text = { type: 'string' } as const;

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  const fields = { 'content-type': 'application/json', ...headers };
  return { status, headers: HeaderList.from(fields), body: Buffer.from(JSON.stringify(body)) };
}

function plain(status: number, body = ''): HttpResponse {
  return { status, headers: new HeaderList(), body: Buffer.from(body) };
}

const answer = (schema: object): object => ({
  description: '.',
  content: { 'application/json': { schema } },
});

function documentOf(paths: object): object {
  return { openapi: '3.1.0', info: { title: 'Real', version: '1' }, paths };
}

function verify(paths: object, target: Answer, options: Partial<ContractOptions> = {}): Promise<Report> {
  return runContract({
    document: documentOf(paths),
    target: async (request) => {
      const { path, query } = splitTarget(request.target);
      return target(request, path, new URLSearchParams(query));
    },
    seed: 1,
    // These servers answer every method alike.
    exclude: ['negotiation.*'],
    ...options,
  });
}

function idsOf({ findings }: Report): readonly string[] {
  return findings.map(({ id }) => id);
}

const zones = [
  { id: 'a.', dnssec: false },
  { id: 'b.', dnssec: true },
];

describe('what is no finding', () => {
  it('a parameter that hides a property of the items', async () => {
    const schema = {
      type: 'array',
      items: { type: 'object', required: ['id'], properties: { id: text, dnssec: { type: 'boolean' } } },
    };
    const parameters = [{ name: 'dnssec', in: 'query', schema: { type: 'boolean' } }];
    const paths = {
      '/zones': {
        get: { operationId: 'listZones', parameters, responses: { 200: answer(schema), 400: answer({}) } },
      },
    };
    const report = await verify(paths, (_, __, query) => {
      const wish = query.get('dnssec') ?? 'true';
      if (wish !== 'true' && wish !== 'false') return json(400, {});
      return json(200, wish === 'true' ? zones : zones.map(({ id }) => ({ id })));
    });
    expect(idsOf(report).filter((id) => id.includes('filter'))).toEqual([]);
  });

  it('an empty list of what belongs to a thing that there is not', async () => {
    const schema = {
      type: 'object',
      required: ['flags'],
      properties: { version: { type: 'integer' }, flags: { type: 'array', items: {} } },
    };
    const paths = {
      '/projects': {
        get: {
          operationId: 'listProjects',
          responses: { 200: answer({ type: 'array', items: { type: 'object', properties: { id: text } } }) },
        },
      },
      '/projects/{id}/flags': {
        get: {
          operationId: 'listFlags',
          parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
          responses: { 200: answer(schema), 404: answer({}) },
        },
      },
    };
    const lenient = await verify(paths, (_, path) =>
      json(
        200,
        path === '/projects' ? [{ id: 'one' }] : { version: 1, flags: path.includes('/one/') ? [1] : [] },
      ),
    );
    expect(idsOf(lenient)).not.toContain('listFlags/path.id/unknown/rejected');
    const wrong = await verify(paths, (_, path) =>
      json(200, path === '/projects' ? [{ id: 'one' }] : { flags: [1] }),
    );
    expect(idsOf(wrong)).toContain('listFlags/path.id/unknown/rejected');
  });

  it('a text that is refused where every text is that names nothing', async () => {
    const parameters = [{ name: 'statistic', in: 'query', schema: text }];
    const paths = {
      '/statistics': {
        get: { operationId: 'getStats', parameters, responses: { 200: answer({}), 422: answer({}) } },
      },
    };
    const known = { properties: {}, parameters: { statistic: 'uptime' } };
    const named =
      (taken: (value: string) => boolean): Answer =>
      (_, __, query) =>
        json(taken(query.get('statistic') ?? 'uptime') ? 200 : 422, {});
    const report = await verify(
      paths,
      named((value) => value === 'uptime'),
      { exampleData: known },
    );
    expect(idsOf(report)).toEqual([]);
    const ascii = await verify(
      paths,
      named((value) => /^[ -~]*$/.test(value)),
      { exampleData: known },
    );
    expect(idsOf(ascii)).toEqual(['getStats/query.statistic/type.odd-text/accepted']);
  });
});

const token = {
  type: 'object',
  required: ['secret', 'name'],
  properties: { secret: text, name: text, hint: { ...text, description: 'MUST NOT be sent by the server.' } },
};

/** Tokens that have names and are found by their secrets, as Location says. */
function tokens(shown: (one: Readonly<Record<string, string>>) => unknown): Answer {
  const made = new Map<string, Readonly<Record<string, string>>>();
  return (request, path) => {
    const key = path.split('/')[2] ?? '';
    if (request.method === 'POST') {
      const secret = `s-${made.size + 1}`;
      const one = { ...JSON.parse(Buffer.from(request.body).toString()), secret };
      made.set(secret, one);
      return json(201, { secret, name: one.name }, { location: `tokens/${secret}` });
    }
    if (request.method === 'DELETE') return plain(made.delete(key) ? 204 : 404);
    const one = made.get(key);
    return one === undefined ? json(404, {}) : json(200, shown(one));
  };
}

const lifePaths = {
  '/tokens': {
    post: {
      operationId: 'createToken',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['name'],
              properties: { name: text, hint: token.properties.hint },
            },
          },
        },
      },
      responses: { 201: answer(token), 400: answer({}) },
    },
  },
  '/tokens/{token}': {
    parameters: [{ name: 'token', in: 'path', required: true, schema: text }],
    get: { operationId: 'getToken', responses: { 200: answer(token), 404: answer({}) } },
    delete: {
      operationId: 'deleteToken',
      responses: { 204: { description: '.' }, 404: { description: '.' } },
    },
  },
};

describe('the life of a thing', () => {
  const lifeOf = (report: Report): readonly string[] =>
    idsOf(report).filter((id) => id.startsWith('createToken/lifecycle'));
  const options = { writes: true, leaveBehind: true };

  it('is followed by the id in Location, and by what the document says in words is not shown', async () => {
    const report = await verify(
      lifePaths,
      tokens(({ secret, name }) => ({ secret, name })),
      options,
    );
    expect(lifeOf(report)).toEqual([]);
    const stored = report.results.find(({ obligation }) => obligation.id === 'createToken/lifecycle/stored');
    expect(stored?.verdict).toEqual({ kind: 'passed' });
  });

  it('is not compared with an answer of another shape, which is a finding of its own', async () => {
    const report = await verify(
      lifePaths,
      tokens((one) => ({ version: 1, token: one })),
      options,
    );
    expect(lifeOf(report)).toEqual([]);
    expect(idsOf(report).join()).toContain('getToken/exchange/body#');
  });
});

describe('what only odd requests show', () => {
  const thing = { name: 'id', in: 'path', required: true, schema: text };
  const paths = (responses: object): object => ({
    '/things': {
      get: {
        operationId: 'listThings',
        responses: { 200: answer({ type: 'array', items: { type: 'object', properties: { id: text } } }) },
      },
    },
    '/things/{id}': { get: { operationId: 'getThing', parameters: [thing], responses } },
  });

  it('ids of several kinds for things that there are not, also where nothing is there', async () => {
    const report = await verify(paths({ 200: answer({}) }), (_, path) => {
      if (path === '/things') return json(200, []);
      return /^\/things\/\d+$/.test(path) ? json(404, {}) : json(500, {});
    });
    expect(idsOf(report).toSorted()).toEqual([
      'getThing/exchange/server-error',
      'getThing/exchange/status#404',
    ]);
    const status = report.findings.find(({ check }) => check === 'exchange.status');
    expect(status?.instances).toEqual([{ obligation: 'getThing/exchange/status', statuses: [404] }]);
  });

  it('bodies that cannot be read, where no valid one is accepted', async () => {
    const body = {
      content: {
        'application/json': {
          schema: { type: 'object', required: ['password'], properties: { password: text } },
        },
      },
    };
    const paths = {
      '/login': {
        post: { operationId: 'login', requestBody: body, responses: { 200: answer({}), 401: answer({}) } },
      },
    };
    const report = await verify(
      paths,
      ({ body: sent }) => json(Buffer.from(sent).toString().includes('password') ? 401 : 400, {}),
      { writes: true },
    );
    expect(idsOf(report)).toEqual(['login/exchange/status#400']);
  });

  it('a body without a media type, where the document says nothing of one', async () => {
    const paths = { '/file': { get: { operationId: 'getFile', responses: { 200: { description: '.' } } } } };
    const report = await verify(paths, () => plain(200, 'hello'));
    expect(report.findings.map(({ id, grade }) => [id, grade])).toEqual([
      ['getFile/exchange/wire', 'should'],
    ]);
  });
});

describe('findings of one cause', () => {
  it('are one where the same is accepted at several places of a body', async () => {
    const names = ['a', 'b', 'c'];
    const properties = Object.fromEntries(
      [...names, 'd', 'e', 'f', 'g'].map((name) => [name, { ...text, minLength: 2 }]),
    );
    const schema = { type: 'object', required: Object.keys(properties), properties };
    const paths = {
      '/forms': {
        post: {
          operationId: 'send',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 204: { description: '.' }, 400: answer({}) },
        },
      },
    };
    const report = await verify(
      paths,
      ({ body, headers }) => {
        try {
          const value = JSON.parse(Buffer.from(body).toString());
          const isJson = headers.get('content-type')?.startsWith('application/json') === true;
          const isRight = Object.keys(properties).every(
            (name) => value[name]?.length >= 2 || (value[name] === null && names.includes(name)),
          );
          const isText = Object.values(value).every((one) => typeof one !== 'object' || one === null);
          return isJson && isRight && isText ? plain(204) : json(400, {});
        } catch {
          return json(400, {});
        }
      },
      { writes: true },
    );
    expect(report.findings.map(({ id, cause, instances }) => [id, cause, instances.length])).toEqual([
      ['send/body/unchecked.type.null', 'POST /forms accepts null at several places of its body', 3],
    ]);
  });
});

describe('a valid value that is refused', () => {
  const paths = {
    '/zones': {
      get: {
        operationId: 'listZones',
        parameters: [{ name: 'name', in: 'query', schema: { ...text, maxLength: 30 } }],
        responses: { 200: answer({}), 422: answer({}) },
      },
    },
  };

  it.each<[string, number, readonly string[]]>([
    ['once, where another request was in its way, is no finding', 1, []],
    ['each time is one', Number.POSITIVE_INFINITY, ['listZones/query.name/maxLength/accepted']],
  ])('%s', async (_, times, wanted) => {
    let refused = 0;
    const report = await verify(
      paths,
      (_request, _path, query) => {
        if (query.get('name')?.length !== 30 || refused >= times) return json(200, {});
        refused += 1;
        return json(422, {});
      },
      { include: ['accepted.maxLength'] },
    );
    expect(idsOf(report)).toEqual(wanted);
  });
});

describe('a server that forgets what it creates', () => {
  it('has one finding, with every promise that this breaks', async () => {
    const thing = { type: 'object', required: ['name'], properties: { id: text, name: text } };
    const id = { name: 'id', in: 'path', required: true, schema: text };
    const body = { required: true, content: { 'application/json': { schema: thing } } };
    const paths = {
      '/things': {
        get: { operationId: 'listThings', responses: { 200: answer({ type: 'array', items: thing }) } },
        post: {
          operationId: 'addThing',
          requestBody: body,
          responses: { 201: answer(thing), 400: answer({}) },
        },
      },
      '/things/{id}': {
        get: {
          operationId: 'getThing',
          parameters: [id],
          responses: { 200: answer(thing), 404: answer({}) },
        },
      },
    };
    let count = 0;
    const report = await verify(
      paths,
      ({ method, body: sent }, path) => {
        if (path !== '/things') return json(404, {});
        if (method === 'GET') return json(200, []);
        count += 1;
        return json(201, { ...JSON.parse(Buffer.from(sent).toString()), id: `t${count}` });
      },
      { writes: true, leaveBehind: true, include: ['lifecycle.*', 'concurrency.*'] },
    );
    const lost = report.findings.filter(({ check }) => /^(?:lifecycle|concurrency)/.test(check));
    expect(lost.map(({ id: name, cause }) => [name, cause])).toEqual([
      ['addThing/lifecycle/stored', 'POST /things: what was created is not there'],
    ]);
    const broken = lost[0]?.instances.map(({ obligation }) => obligation.split('/').at(-1));
    expect(broken).toEqual(['stored', 'round-trip', 'contained', 'concurrent-creates']);
  });
});

describe('a create that checks next to nothing and gives back what it got', () => {
  const pet = {
    type: 'object',
    required: ['name', 'kind'],
    properties: {
      name: { ...text, maxLength: 9 },
      kind: { enum: ['cat', 'dog'] },
      born: { ...text, format: 'date' },
    },
  };
  const paths = {
    '/pets': {
      post: {
        operationId: 'createPet',
        requestBody: { required: true, content: { 'application/json': { schema: pet } } },
        responses: { 201: answer(pet), 400: answer({}) },
      },
    },
  };

  it('is one finding, and the answers that follow from it are no others', async () => {
    const report = await verify(
      paths,
      ({ body, headers }) => {
        if (headers.get('content-type')?.startsWith('application/json') !== true) return json(400, {});
        try {
          const value = JSON.parse(Buffer.from(body).toString());
          return value?.name === undefined || Array.isArray(value) ? json(400, {}) : json(201, value);
        } catch {
          return json(400, {});
        }
      },
      { writes: true, leaveBehind: true },
    );
    expect(report.findings.map(({ id, cause }) => [id, cause])).toEqual([
      ['createPet/body/unchecked', 'POST /pets does not check its body as documented'],
    ]);
    const [finding] = report.findings;
    expect(finding?.instances.map(({ obligation }) => obligation)).toContain('createPet/exchange/body');
    expect(finding?.seen).toBe('201');
  });

  it('is another one where an answer breaks the schema by itself', async () => {
    const report = await verify(
      paths,
      ({ body }) => {
        try {
          const { name } = JSON.parse(Buffer.from(body).toString());
          return name === undefined ? json(400, {}) : json(201, { name, kind: 'cow' });
        } catch {
          return json(400, {});
        }
      },
      { writes: true, leaveBehind: true },
    );
    expect(report.findings.map(({ cause }) => cause)).toContain(
      'POST /pets answers 201 with a body/kind that breaks enum',
    );
  });
});

describe('example data', () => {
  it('names what may exist only once anew each time', async () => {
    const seen: string[] = [];
    const body = {
      content: {
        'application/json': { schema: { type: 'object', required: ['name'], properties: { name: text } } },
      },
    };
    const paths = {
      '/zones': {
        post: {
          operationId: 'createZone',
          requestBody: { required: true, ...body },
          responses: { 204: { description: '.' }, 422: answer({}) },
        },
      },
    };
    const zone = /^x[a-z0-9]+\.example\.$/;
    await verify(
      paths,
      ({ body: sent }) => {
        const name = /"name":"([^"]*)"/.exec(Buffer.from(sent).toString())?.[1] ?? '';
        if (zone.test(name)) seen.push(name);
        return zone.test(name) ? plain(204) : json(422, {});
      },
      {
        writes: true,
        exampleData: { operations: { createZone: { body: { name: '{{unique}}.example.' } } } },
      },
    );
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen).size).toBeGreaterThan(3);
  });
});
