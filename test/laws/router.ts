import { expect, it } from 'vitest';
import type { ApiOperation } from '../../src/document/index.ts';
import { operationsOf, operationsOfItems, type Paths, type ServerText } from '../route/operations.ts';

/** What every router does, whatever it says beside. */
export interface Router {
  match(method: string, target: string): RouterAnswer;
}

export type RouterAnswer =
  | {
      readonly kind: 'found';
      readonly operation: ApiOperation;
      readonly rawPathParameters: Readonly<Record<string, string>>;
      readonly query: string;
      readonly head: boolean;
    }
  | { readonly kind: 'options' | 'method-not-allowed'; readonly allow: readonly string[] }
  | { readonly kind: 'not-found' };

/** An answer in one line: `GET /users/{id} id=7`, `405 GET HEAD OPTIONS`, `204 GET HEAD OPTIONS`, `404`. */
export function lineOf(answer: RouterAnswer): string {
  switch (answer.kind) {
    case 'found': {
      const { operation, rawPathParameters, query, head } = answer;
      const values = Object.entries(rawPathParameters).map(([name, value]) => ` ${name}=${value}`);
      return `${operation.method} ${operation.path}${values.join('')}${query && ` ?${query}`}${head ? ' (head)' : ''}`;
    }
    case 'options':
      return `204 ${answer.allow.join(' ')}`;
    case 'method-not-allowed':
      return `405 ${answer.allow.join(' ')}`;
    case 'not-found':
      return '404';
    default:
      return answer satisfies never;
  }
}

interface Law {
  readonly title: string;
  readonly paths: Paths;
  readonly servers?: readonly ServerText[];
  /** Request line to answer. */
  readonly answers: Readonly<Record<string, string>>;
}

const laws: readonly Law[] = [
  {
    title: 'a literal goes before a template',
    paths: { '/users/{id}': 'get', '/users/me': 'get', '/{kind}/me': 'get' },
    answers: {
      'GET /users/me': 'GET /users/me',
      'GET /users/7': 'GET /users/{id} id=7',
      'GET /teams/me': 'GET /{kind}/me kind=teams',
      'GET /teams/7': '404',
    },
  },
  {
    title: 'a literal that leads nowhere is left again',
    paths: { '/users/me/x': 'get', '/users/{id}/y': 'get', '/{kind}/{id}/{part}': 'get' },
    answers: {
      'GET /users/me/x': 'GET /users/me/x',
      'GET /users/me/y': 'GET /users/{id}/y id=me',
      'GET /users/me/z': 'GET /{kind}/{id}/{part} kind=users id=me part=z',
    },
  },
  {
    title: 'partial segments stand between literals and variables, what fixes more first',
    paths: {
      '/{any}': 'get',
      '/{name}.json': 'get',
      '/report.{format}': 'get',
      '/report.csv': 'get',
      '/pre{x}': 'get',
      '/{a}-{b}': 'get',
    },
    answers: {
      'GET /report.csv': 'GET /report.csv',
      'GET /report.pdf': 'GET /report.{format} format=pdf',
      'GET /report.json': 'GET /report.{format} format=json',
      'GET /pref.json': 'GET /{name}.json name=pref',
      'GET /prefix': 'GET /pre{x} x=fix',
      'GET /pre': 'GET /{any} any=pre',
      'GET /a-b-c': 'GET /{a}-{b} a=a b=b-c',
      'GET /a-': 'GET /{any} any=a-',
      'GET /-b': 'GET /{any} any=-b',
      'GET /.json': 'GET /{any} any=.json',
      'GET /x': 'GET /{any} any=x',
    },
  },
  {
    title: 'verbs after a colon are part of the segment',
    paths: { '/v1/{name}': 'get', '/v1/{name}:cancel': 'post', '/v1/{name}:undo': 'post' },
    answers: {
      'POST /v1/7:cancel': 'POST /v1/{name}:cancel name=7',
      'POST /v1/7:undo': 'POST /v1/{name}:undo name=7',
      'POST /v1/a:undo:cancel': 'POST /v1/{name}:cancel name=a:undo',
      'GET /v1/7:undo': 'GET /v1/{name} name=7:undo',
    },
  },
  {
    title: 'variables side by side share what is there',
    paths: { '/{a}{b}': 'get' },
    answers: { 'GET /xyz': 'GET /{a}{b} a=x b=yz', 'GET /x': '404' },
  },
  {
    title: 'of templates of the same shape the first answers',
    paths: { '/{a}/x': 'get', '/{b}/x': 'get put', '/{a}.{b}': 'get', '/{c}.{d}': 'get' },
    answers: {
      'GET /1/x': 'GET /{a}/x a=1',
      'PUT /1/x': 'PUT /{b}/x b=1',
      'GET /1.2': 'GET /{a}.{b} a=1 b=2',
    },
  },
  {
    title: 'a template that has the method answers for a better one that lacks it',
    paths: { '/users/me': 'get', '/users/{id}': 'get delete' },
    answers: {
      'DELETE /users/me': 'DELETE /users/{id} id=me',
      'POST /users/me': '405 GET HEAD DELETE OPTIONS',
      'POST /users/7': '405 GET HEAD DELETE OPTIONS',
    },
  },
  {
    title: 'slashes at the end are as written, and forgiven',
    paths: { '/a/': 'get', '/b': 'get', '/both': 'get', '/both/': 'get put', '/{x}/{y}': 'get' },
    answers: {
      'GET /a': 'GET /a/',
      'GET /a/': 'GET /a/',
      'GET /b/': 'GET /b',
      'GET /both': 'GET /both',
      'GET /both/': 'GET /both/',
      'PUT /both': 'PUT /both/',
      'GET /both//': 'GET /both/',
      'GET /1/2/': 'GET /{x}/{y} x=1 y=2',
      'GET /1/': '404',
    },
  },
  {
    title: 'slashes that repeat count as one, and no variable is empty',
    paths: { '/users/{id}/posts': 'get', '/users/posts': 'get', '/': 'get' },
    answers: {
      'GET //users///posts': 'GET /users/posts',
      'GET /users//posts': 'GET /users/posts',
      'GET /users/7//posts': 'GET /users/{id}/posts id=7',
      'GET /users/7/': '404',
      'GET /': 'GET /',
      'GET //': 'GET /',
    },
  },
  {
    title: 'percent-encoding is undone once, in literals; values are handed on as sent',
    paths: {
      '/café': 'get',
      '/a%2Fb': 'get',
      '/100%': 'get',
      '/f/{x}': 'get',
      '/é{x}': 'get',
      '/{a},{b}': 'get',
    },
    answers: {
      'GET /caf%C3%A9': 'GET /café',
      'GET /caf%c3%a9': 'GET /café',
      'GET /%63af%C3%A9': 'GET /café',
      'GET /caf%25C3%25A9': '404',
      'GET /a%2Fb': 'GET /a%2Fb',
      'GET /a%2fb': 'GET /a%2Fb',
      'GET /a%252Fb': '404',
      'GET /a/b': '404',
      'GET /100%': 'GET /100%',
      'GET /100%25': 'GET /100%',
      'GET /f/a%2Fb': 'GET /f/{x} x=a%2Fb',
      'GET /f/%zz': 'GET /f/{x} x=%zz',
      'GET /f/%2e%2e': 'GET /f/{x} x=%2e%2e',
      'GET /f/..': 'GET /f/{x} x=..',
      'GET /f/../f/1': '404',
      'GET /f/%C3': 'GET /f/{x} x=%C3',
      'GET /%66/1': 'GET /f/{x} x=1',
      'GET /%C3%A9a%2Fb': 'GET /é{x} x=a%2Fb',
      'GET /%C3%A9%C3%A9%F0%9F%99%82': 'GET /é{x} x=%C3%A9%F0%9F%99%82',
      'GET /x%2Cy,z': 'GET /{a},{b} a=x%2Cy b=z',
      'GET /x%2Cy': 'GET /{a},{b} a=x b=y',
      'GET /%zz': '404',
    },
  },
  {
    title: 'matrix and label texts are part of the value',
    paths: { '/cars/{id}': 'get', '/cars/{id}/parts{part}': 'get' },
    answers: {
      'GET /cars/;id=5': 'GET /cars/{id} id=;id=5',
      'GET /cars/.5': 'GET /cars/{id} id=.5',
      'GET /cars/;id=5/parts;part=7': 'GET /cars/{id}/parts{part} id=;id=5 part=;part=7',
      'GET /cars/5;id=6?x=1': 'GET /cars/{id} id=5;id=6 ?x=1',
    },
  },
  {
    title: 'case counts, in paths and in methods',
    paths: { '/Users': 'get' },
    answers: { 'GET /users': '404', 'get /Users': '405 GET HEAD OPTIONS', 'GET /Users': 'GET /Users' },
  },
  {
    title: 'GET answers HEAD, and OPTIONS is answered where it is not declared',
    paths: { '/a': 'get post', '/b': 'head get', '/c': 'options get', '/d': 'put', '/e': 'trace query' },
    answers: {
      'HEAD /a': 'GET /a (head)',
      'HEAD /b': 'HEAD /b',
      'OPTIONS /a': '204 GET HEAD POST OPTIONS',
      'OPTIONS /c': 'OPTIONS /c',
      'HEAD /d': '405 PUT OPTIONS',
      'OPTIONS /d': '204 PUT OPTIONS',
      'TRACE /e': 'TRACE /e',
      'QUERY /e': 'QUERY /e',
      'PURGE /a': '405 GET HEAD POST OPTIONS',
      'OPTIONS /x': '404',
    },
  },
  {
    title: 'the query is split off',
    paths: { '/a': 'get', '/b/{x}': 'get' },
    answers: {
      'GET /a?x=/b/7': 'GET /a ?x=/b/7',
      'GET /a/?': 'GET /a',
      'GET /b/7?a=1?b=2': 'GET /b/{x} x=7 ?a=1?b=2',
      'GET /a?x=1#y': 'GET /a ?x=1',
    },
  },
  {
    title: 'names that objects have are names like others',
    paths: {
      '/constructor/{__proto__}': 'get',
      '/__proto__/{constructor}': 'get',
      '/{toString}.{valueOf}': 'get',
    },
    answers: {
      'GET /constructor/1': 'GET /constructor/{__proto__} __proto__=1',
      'GET /__proto__/1': 'GET /__proto__/{constructor} constructor=1',
      'GET /a.b': 'GET /{toString}.{valueOf} toString=a valueOf=b',
      'GET /hasOwnProperty': '404',
    },
  },
  {
    title: 'base paths are accepted with and without, the longest first',
    paths: { '/users': 'get', '/v2/users': 'get', '/{x}': 'get' },
    servers: [{ url: 'https://a.test/api/' }, { url: 'https://b.test/api/v2' }, { url: '//c.test' }],
    answers: {
      'GET /api/users': 'GET /users',
      'GET /users': 'GET /users',
      'GET /api/v2/users': 'GET /users',
      'GET /v2/users': 'GET /v2/users',
      'GET /api//users/': 'GET /users',
      'GET /%61pi/users': 'GET /users',
      'GET /api': 'GET /{x} x=api',
      'GET /api/7': 'GET /{x} x=7',
      'GET /api/api/users': '404',
      'POST /api/users': '405 GET HEAD OPTIONS',
    },
  },
  {
    title: 'server variables take any value, those that are listed first',
    paths: { '/users': 'get', '/users/{id}': 'get', '/{a}/{b}/{c}': 'get' },
    servers: [
      {
        url: 'https://{region}.a.test:{port}/{tenant}/v{version}',
        variables: {
          region: { default: 'eu' },
          port: { default: '443', enum: ['443', '8443'] },
          tenant: { default: 'acme' },
          version: { default: '1', enum: ['1', '2'] },
        },
      },
    ],
    answers: {
      'GET /acme/v2/users': 'GET /users',
      'GET /other/v9/users': 'GET /{a}/{b}/{c} a=other b=v9 c=users',
      'GET /other/v9/users/7': 'GET /users/{id} id=7',
      'GET /other/w9/users/7': '404',
      'GET /users/7': 'GET /users/{id} id=7',
    },
  },
  {
    title: 'a server variable may hold an origin, several segments or nothing',
    paths: { '/users': 'get' },
    servers: [
      { url: '{server}/api', variables: { server: { default: 'https://a.test/x' } } },
      { url: 'https://b.test/{base}', variables: { base: { default: 'deep/er', enum: ['deep/er', ''] } } },
      { url: './rel/../v3' },
    ],
    answers: {
      'GET /x/api/users': 'GET /users',
      'GET /deep/er/users': 'GET /users',
      'GET /v3/users': 'GET /users',
      'GET /users': 'GET /users',
      'GET /deep/users': '404',
    },
  },
];

/** Runs the laws on a router. */
export function testRouter(createRouter: (operations: readonly ApiOperation[]) => Router): void {
  for (const { title, paths, servers, answers } of laws) {
    it(title, async () => {
      const router = createRouter(await operationsOf(paths, servers));
      const given = Object.keys(answers).map((line) => [line, ask(router, line)]);
      expect(Object.fromEntries(given)).toEqual(answers);
    });
  }

  it('takes the servers of a path, and of an operation, for the document’s', async () => {
    const responses = { 204: { description: 'done' } };
    const operations = await operationsOfItems(
      {
        '/a': {
          servers: [{ url: '/path' }],
          get: { responses },
          put: { servers: [{ url: '/own' }], responses },
        },
        '/b': { get: { responses } },
        '/{x}/a': { get: { responses }, put: { responses } },
      },
      [{ url: '/root' }],
    );
    const router = createRouter(operations);
    const answers = [
      'GET /path/a',
      'PUT /own/a',
      'GET /root/b',
      'GET /root/a',
      'GET /root/1/a',
      'PUT /path/a',
      'GET /a',
    ];
    expect(answers.map((line) => ask(router, line))).toEqual([
      'GET /a',
      'PUT /a',
      'GET /b',
      'GET /{x}/a x=root',
      'GET /{x}/a x=1',
      'PUT /{x}/a x=path',
      'GET /a',
    ]);
  });

  it('knows the additional operations of 3.2', async () => {
    const responses = { 204: { description: 'done' } };
    const operations = await operationsOfItems({
      '/a': { get: { responses }, additionalOperations: { COPY: { responses } } },
    });
    const router = createRouter(operations);
    expect(ask(router, 'COPY /a')).toBe('COPY /a');
    expect(ask(router, 'copy /a')).toBe('405 GET HEAD COPY OPTIONS');
  });
}

function ask(router: Router, line: string): string {
  const [method = '', ...rest] = line.split(' ');
  return lineOf(router.match(method, rest.join(' ')));
}
