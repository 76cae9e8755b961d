import { describe, expect, it } from 'vitest';
import { createPathIndex, type RouteMatch } from '../../src/route/index.ts';
import { lineOf } from '../laws/router.ts';
import { operationsOf, type Paths } from './operations.ts';

async function ask(paths: Paths, requests: readonly string[]): Promise<Record<string, string>> {
  const index = createPathIndex(await operationsOf(paths, [{ url: '/api' }]));
  const answers = requests.map((line) => {
    const [method = '', target = ''] = line.split(' ');
    return [line, lineOf(index.match(method, target))];
  });
  return Object.fromEntries(answers);
}

describe('the request target', () => {
  it.each([
    ['GET http://elsewhere.test:99/api/a?x=1', 'GET /a ?x=1'],
    ['GET https://h/a', 'GET /a'],
    ['GET http://h', 'GET /'],
    ['GET http://h?x=1', 'GET / ?x=1'],
    ['GET ', 'GET /'],
    ['GET ?x=1', 'GET / ?x=1'],
    ['GET h:443', '404'],
    ['GET a', '404'],
    ['GET *', '404'],
    ['OPTIONS *', '204 GET HEAD PUT OPTIONS'],
    ['GET /a#b', 'GET /a'],
    ['GET /%23', '404'],
    ['GET /api', 'GET /'],
    ['GET /api?x=1', 'GET / ?x=1'],
  ])('%s', async (line, want) => {
    expect(await ask({ '/': 'get', '/a': 'get put' }, [line])).toEqual({ [line]: want });
  });
});

describe('paths that the specification does not know', () => {
  it('may hold a #, sent as it is or encoded', async () => {
    const want = {
      'GET /#Action=Create': 'GET /#Action=Create',
      'GET /%23Action=Create?x=1': 'GET /#Action=Create ?x=1',
      'PUT /box#acl': 'PUT /{name}#acl name=box',
      'PUT /box': 'PUT /{name} name=box',
    };
    const paths = { '/#Action=Create': 'get', '/{name}#acl': 'put', '/{name}': 'put' };
    expect(await ask(paths, Object.keys(want))).toEqual(want);
  });

  it('may hold a query, which chooses between those that are otherwise the same', async () => {
    const want = {
      'GET /q?Action=A': 'GET /q?Action=A ?Action=A',
      'GET /q?x=1&Action=B': 'GET /q?Action=B ?x=1&Action=B',
      'GET /q?Action=C': 'GET /q ?Action=C',
      'GET /q': 'GET /q',
    };
    expect(await ask({ '/q?Action=A': 'get', '/q?Action=B': 'get', '/q': 'get' }, Object.keys(want))).toEqual(
      want,
    );
  });

  it('may hold a variable in that query', async () => {
    const want = {
      'GET /u/7/pic?x=1&key=a%20b': 'GET /u/{id}/pic?key={KEY} id=7 KEY=a%20b ?x=1&key=a%20b',
      'GET /u/7/pic': 'GET /u/{id}/pic?key={KEY} id=7',
    };
    expect(await ask({ '/u/{id}/pic?key={KEY}': 'get' }, Object.keys(want))).toEqual(want);
  });

  it('are listed where no request can reach them', async () => {
    const long = '/x'.repeat(501);
    const index = createPathIndex(await operationsOf({ [long]: 'get', '/ok': 'get' }));
    expect(index.unroutable.map(({ operation, reason }) => [operation.path, reason])).toEqual([
      [long, 'it has more than 500 segments'],
    ]);
    expect(lineOf(index.match('GET', '/ok'))).toBe('GET /ok');
  });
});

describe('many partial segments side by side', () => {
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
  const paths = Object.fromEntries([
    ...names.map((name) => [`/${name}-{x}`, 'get']),
    ...names.map((name) => [`/{x}:${name}`, 'get']),
    ...names.map((name) => [`/{x}~${name}~{y}`, 'get']),
    ['/{any}', 'get'],
  ]);

  it('are found by prefix, suffix or what is between, the one that fixes most first', async () => {
    const want = {
      'GET /n7-1': 'GET /n7-{x} x=1',
      'GET /n17-1': 'GET /n17-{x} x=1',
      'GET /1:n49': 'GET /{x}:n49 x=1',
      'GET /1~n3~2': 'GET /{x}~n3~{y} x=1 y=2',
      'GET /n7-1:n7': 'GET /n7-{x} x=1:n7',
      'GET /n7-1~n17~2': 'GET /{x}~n17~{y} x=n7-1 y=2',
      'GET /n%37-1': 'GET /n7-{x} x=1',
      'GET /1%3An7': 'GET /{x}:n7 x=1',
      'GET /n7-': 'GET /{any} any=n7-',
      'GET /:n7': 'GET /{any} any=:n7',
    };
    expect(await ask(paths, Object.keys(want))).toEqual(want);
  });
});

describe('an extension', () => {
  it('begins at the last dot, other parts at the first place that fits', async () => {
    const want = {
      'GET /37.8,-122.2.xml': 'GET /{position}.{ext} position=37.8,-122.2 ext=xml',
      'GET /a..b.c': 'GET /{position}.{ext} position=a..b ext=c',
      'GET /a.b.': 'GET /{position}.{ext} position=a ext=b.',
      'GET /v1.2-x.y': 'GET /v{major}.{minor}-{rest} major=1 minor=2 rest=x.y',
      'GET /.xml': '404',
    };
    const paths = { '/{position}.{ext}': 'get', '/v{major}.{minor}-{rest}': 'get' };
    expect(await ask(paths, Object.keys(want))).toEqual(want);
  });
});

describe('a match', () => {
  it('takes a server variable that holds the path and its slash', async () => {
    const operations = await operationsOf({ '/a': 'get' }, [
      {
        url: 'https://{tenant}.test{basePath}',
        variables: { tenant: { default: 't' }, basePath: { default: '/sell/v1', enum: ['/sell/v1', '/v2'] } },
      },
    ]);
    const index = createPathIndex(operations);
    const kinds = ['/sell/v1/a', '/v2/a', '/a', '/t/a', '/v3/a'].map((path) => index.match('GET', path).kind);
    expect(kinds).toEqual(['found', 'found', 'found', 'not-found', 'not-found']);
  });

  it('names the server whose base path was used, or none', async () => {
    const operations = await operationsOf({ '/a': 'get' }, [
      { url: 'https://one.test/v1' },
      { url: 'https://two.test/v1' },
      {
        url: 'https://{tenant}.test/{stage}',
        variables: { tenant: { default: 't' }, stage: { default: 'live' } },
      },
    ]);
    const index = createPathIndex(operations);
    const urlOf = (match: RouteMatch): string | undefined =>
      match.kind === 'found' ? match.server?.url : 'no match';
    expect(['/v1/a', '/live/a', '/other/a', '/a'].map((path) => urlOf(index.match('GET', path)))).toEqual([
      'https://one.test/v1',
      'https://{tenant}.test/{stage}',
      'https://{tenant}.test/{stage}',
      undefined,
    ]);
  });

  it('names the root server where that is the only base path', async () => {
    const index = createPathIndex(await operationsOf({ '/a': 'get' }));
    expect(index.match('GET', '/a')).toMatchObject({ kind: 'found', server: { url: '/' } });
  });

  it('has parameters that inherit nothing', async () => {
    const index = createPathIndex(await operationsOf({ '/a/{x}': 'get', '/b': 'get' }));
    for (const target of ['/a/1', '/b']) {
      const match = index.match('GET', target);
      const parameters = match.kind === 'found' ? match.rawPathParameters : {};
      expect('constructor' in parameters || '__proto__' in parameters).toBe(false);
    }
  });

  it('names the best template where the method is missing', async () => {
    const index = createPathIndex(await operationsOf({ '/a/': 'get', '/{x}': 'get' }));
    expect(index.match('PUT', '/a')).toEqual({
      kind: 'method-not-allowed',
      allow: ['GET', 'HEAD', 'OPTIONS'],
      path: '/a/',
    });
    expect(index.match('OPTIONS', '/b')).toMatchObject({ kind: 'options', path: '/{x}' });
  });
});
