import { describe, expect, it } from 'vitest';
import { type ContractOptions, runContract } from '../../src/contract/index.ts';
import { HeaderList, type HttpRequest, type HttpResponse, type Target } from '../../src/http/index.ts';
import { listen } from '../../src/server/index.ts';
import { answer, notesDocument, notesServer, withToken } from './notes.ts';

const base = { document: notesDocument(), writes: true, seed: 1 } as const;

const proven = (report: Awaited<ReturnType<typeof runContract>>) =>
  report.obligations.passed > report.obligations.total * 0.7 && report.findings.length === 0;

describe('a token that runs out', () => {
  it('is renewed when a 401 comes, and the request is sent again', async () => {
    let good = 1;
    let uses = 0;
    const server = notesServer((request) => {
      if (!withToken(`token-${good}`)(request)) return false;
      uses += 1;
      if (uses % 40 === 0) good += 1;
      return true;
    });
    const asked: number[] = [];
    const token = async () => {
      asked.push(good);
      return `token-${good}`;
    };
    const report = await runContract({ ...base, target: server.target, token });
    expect(report.findings.map(({ id }) => id)).toEqual([]);
    expect(proven(report)).toBe(true);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked).toEqual([...new Set(asked)]);
    expect(JSON.stringify(report)).not.toMatch(/token-\d/);
  });

  it('is not asked for without end where none is taken', async () => {
    const server = notesServer(() => false);
    let asked = 0;
    const token = () => {
      asked += 1;
      return 'never-good';
    };
    const report = await runContract({ ...base, target: server.target, token });
    expect(report.obligations.passed).toBeLessThan(report.obligations.total / 2);
    expect(asked).toBeLessThan(6);
  });

  it('is not renewed for a credential that was wrong on purpose', async () => {
    let asked = 0;
    const token = () => {
      asked += 1;
      return 'right';
    };
    await runContract({ ...base, target: notesServer().target, token, include: ['*credentials*'] });
    expect(asked).toBe(1);
  });
});

/** Lets in who has a session, and changes nothing without the session's own token. */
function withLogin(mayPass: (request: HttpRequest) => boolean): Target {
  const server = notesServer(mayPass);
  return async (request) => {
    if (request.target === '/session' && request.method === 'GET')
      return answer(200, { csrf: 'c-1' }, { 'Set-Cookie': 'csrf=c-1; Path=/' });
    if (request.target === '/session') {
      const isGood =
        request.headers.get('x-csrf') === 'c-1' &&
        request.headers.get('cookie')?.includes('csrf=c-1') === true &&
        Buffer.from(request.body).toString() === '{"user":"mia","password":"secret-1"}';
      if (!isGood) return answer(403);
      return answer(
        200,
        { data: { token: 'right' } },
        { 'Set-Cookie': 'sid=s-1; HttpOnly', 'X-Csrf': 'c-2' },
      );
    }
    return server.target(request);
  };
}

function withCookies(response: HttpResponse, cookies: readonly string[]): HttpResponse {
  const headers = HeaderList.from([
    ...response.headers,
    ...cookies.map((cookie) => ['Set-Cookie', cookie] as const),
  ]);
  return { ...response, headers };
}

const steps: ContractOptions['login'] = [
  { request: 'GET /session', csrf: { cookie: 'csrf', header: 'X-Csrf' } },
  {
    request: 'POST /session',
    body: { user: 'mia', password: 'secret-1' },
    token: '/data/token',
    csrf: { header: 'X-Csrf' },
  },
];

describe('a login', () => {
  it('gives cookies, a token and the header that proves where a request comes from', async () => {
    const target = withLogin(
      (request) =>
        withToken('right')(request) &&
        request.headers.get('x-csrf') === 'c-2' &&
        request.headers.get('cookie') === 'csrf=c-1; sid=s-1',
    );
    expect(proven(await runContract({ ...base, target, login: steps }))).toBe(true);
  });

  it('may be an operation of the document, whose cookie is a security scheme', async () => {
    const document = notesDocument((given: Record<string, unknown>) => {
      Object.assign(given, { security: [{ session: [] }] });
      const { components, paths } = given as { components: object; paths: object };
      Object.assign(components, {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sid' } },
      });
      const content = { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } };
      const post = {
        operationId: 'logIn',
        security: [],
        requestBody: { content },
        responses: { 200: { description: '.' }, '4XX': { description: 'No.' } },
      };
      Object.assign(paths, { '/login': { post } });
    });
    const server = notesServer(({ headers }) => headers.get('cookie') === 'sid=s%20or=1');
    const target: Target = async (request) =>
      request.target === '/login'
        ? Buffer.from(request.body).toString() === 'user=mia'
          ? answer(200, undefined, { 'Set-Cookie': 'sid=s%20or=1; Secure' })
          : answer(400)
        : server.target(request);
    const login = { operation: 'logIn', body: { user: 'mia' } };
    const report = await runContract({ ...base, document, target, login, exclude: ['logIn'] });
    expect(report.findings.map(({ id, message }) => `${id} ${message}`)).toEqual([]);
    const kept = report.results.find(({ obligation }) => obligation.id === 'listNotes/credentials/none');
    expect(kept?.verdict.kind).toBe('passed');
  });

  it('takes up the cookies that answers set later, with the header that repeats one of them', async () => {
    let turn = 1;
    const past: string[] = [];
    const isOwn = ({ headers }: HttpRequest): boolean =>
      headers.get('cookie') === `csrf=proof-${turn}; sid=session-${turn}` &&
      headers.get('x-csrf') === `proof-${turn}`;
    let logins = 0;
    const server = notesServer(isOwn);
    const target: Target = async (request) => {
      if (request.target === '/session') {
        logins += 1;
        return withCookies(answer(200), [`csrf=proof-${turn}`, `sid=session-${turn}`]);
      }
      const isKnown = isOwn(request);
      const response = await server.target(request);
      if (!isKnown) return withCookies(response, ['sid=somebody-new', 'csrf=another']);
      turn += 1;
      past.push(`session-${turn}`);
      return withCookies(response, [
        `csrf=proof-${turn}; Path=/`,
        `sid=session-${turn}; HttpOnly`,
        'theme=; Max-Age=0',
        'sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      ]);
    };
    const login = { request: 'POST /session', csrf: { cookie: 'csrf', header: 'X-Csrf' } };
    const report = await runContract({ ...base, target, login, concurrency: 1 });
    expect(report.findings.map(({ id, message }) => `${id} ${message}`)).toEqual([]);
    expect(proven(report)).toBe(true);
    expect(past.length).toBeGreaterThan(20);
    expect(logins).toBe(1);
    expect(JSON.stringify(report)).not.toMatch(/(?:session|proof)-\d/);
  });

  it.each<[string, NonNullable<ContractOptions['login']>, RegExp]>([
    ['is refused', { request: 'POST /session', body: {} }, /"POST \/session": the server answered 403/],
    ['has no token', { request: 'GET /session', token: '/data/token' }, /no text at "\/data\/token"/],
    ['has no CSRF token', { request: 'GET /session', csrf: { header: 'X-Other' } }, /no CSRF token/],
    ['is no request', { request: 'session' }, /"session": it is no request such as/],
    ['is no operation', { operation: 'logIn' }, /"logIn": the document has no such operation/],
  ])('that %s ends the run before it begins', async (_, login, words) => {
    const running = runContract({ ...base, target: withLogin(() => true), login });
    await expect(running).rejects.toMatchObject({ code: 'ERR_LOGIN' });
    await expect(running).rejects.toThrow(words);
  });
});

describe('a key that is encoded where it stands', () => {
  it.each(['a+b/c9==', 'kö"y\\42'])('%s is not in the report', async (key) => {
    const document = notesDocument((given: Record<string, unknown>) => {
      Object.assign(given, { security: [{ key: [] }] });
      Object.assign((given as { components: object }).components, {
        securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'key' } },
      });
    });
    let came = 0;
    const target: Target = async (request) => {
      if (request.target.includes(encodeURIComponent(key))) came += 1;
      return answer(500, { target: request.target, key });
    };
    const report = await runContract({ ...base, document, target, auth: { key } });
    expect(came).toBeGreaterThan(0);
    expect(report.findings.some(({ request }) => request.url.includes('key=[redacted]'))).toBe(true);
    const text = JSON.stringify(report);
    for (const one of [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)]) {
      expect(text).not.toContain(one);
      expect(text).not.toContain(JSON.stringify(one).slice(1, -1));
    }
  });
});

describe('what a run tells of', () => {
  it('hides a token that is the id of a thing, or stands in an address, in notes too', async () => {
    const token = 'tok/en-4711';
    const server = notesServer(withToken(token));
    const target: Target = async (request) => {
      if (request.method === 'DELETE') return answer(409, `${token} stays`);
      const response = await server.target(request);
      return request.method === 'POST' && response.status === 201
        ? answer(201, { id: token, text: 'A note' }, { Location: `/notes/${encodeURIComponent(token)}` })
        : response;
    };
    const told: string[] = [];
    const report = await runContract({
      ...base,
      target,
      auth: { token },
      basePath: '',
      hooks: { setup: ({ note }) => void note(`setting up with ${token}`) },
      onEvent: (event) => void (event.kind === 'note' && told.push(event.text)),
    });
    expect(report.notes.join('\n')).toMatch(/Left behind: .*\[redacted\]/);
    expect(told.join('\n')).toContain('setting up with [redacted]');
    for (const text of [JSON.stringify(report), told.join('\n')]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(encodeURIComponent(token));
    }
  });

  it('hides the password of the target', async () => {
    const running = await listen(notesServer().target, { cors: false });
    const { host } = new URL(running.url);
    const report = await runContract({
      ...base,
      target: `http://mia:pass-word@${host}`,
      auth: { token: 'right' },
    });
    await running.close();
    expect(report.target.url).toBe(`http://[redacted]@${host}`);
    expect(report.findings).toEqual([]);
  });
});
