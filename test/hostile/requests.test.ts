import { beforeAll, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/mock/index.ts';
import { everything } from './everything.ts';
import { type Attempt, attempt, expectSound, sendHostile } from './sound.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await createMock({ document: everything, seed: 1, journal: 10 });
});

const many = 100_000;

describe('path parameters that are not in their style', () => {
  it.each([
    '/matrix/5',
    '/matrix/;',
    '/matrix/;;;;',
    '/matrix/;m',
    '/matrix/;m=',
    '/matrix/;n=5',
    '/matrix/;m=5;m',
    '/matrix/;__proto__=5',
    '/matrix-object/x',
    '/matrix-object/;x',
    '/matrix-object/;x=1;__proto__=2;constructor=3',
    '/matrix-object/;=',
    '/label/5',
    '/label/.',
    '/label/..',
    '/label/.....',
    '/label/%2E',
    '/label-object/.x',
    '/label-object/.x=1.y',
    '/label-object/.__proto__=1',
    '/simple/x',
    '/simple/,',
    '/simple/x,1,y',
    '/simple/__proto__,1',
  ])('%s', async (target) => {
    const response = await sendHostile(mock, { target });
    expect([200, 400, 404, 422]).toContain(response.status);
  });
});

describe('percent-encodings that are wrong', () => {
  it.each([
    '/simple/%',
    '/simple/%2',
    '/simple/%zz',
    '/simple/%FF%FE',
    '/simple/%C0%AF',
    '/simple/%ED%A0%80',
    '/simple/%00',
    '/%',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/alive%2f..%2f..',
    '/query?%=%',
    '/query?deep[%]=1',
    '/query?deep%5Bx%5D=%',
    '/query?json=%7B%22x%22',
    '/query?json=%E0%80',
    '/query?slow=%',
    '/matrix/;m=%',
    '/label/.%',
  ])('%s', async (target) => {
    const response = await sendHostile(mock, { target });
    expect(response.status).toBeLessThan(500);
  });
});

describe('targets that are no path', () => {
  const targets = [
    '',
    '*',
    '?',
    '#',
    '//',
    '///',
    '/?',
    '?a=b',
    'alive',
    'http://mock.test/alive',
    'http://',
    'http://[',
    'mock.test:443',
    '/\0',
    '/alive\0',
    '/alive\r\nX: y',
    '/alive?\0',
    '/\ud800',
    '/💣',
    '/..',
    '/./././alive/../../..',
    '/alive;jsessionid=1',
    '/{m}',
    '/matrix/{m}',
    '/__proto__',
    '/constructor',
    '/__apidouble',
    '/__apidouble/',
    '/__apidouble/../../health?%',
  ];
  it.each(targets)('%j', async (target) => {
    for (const method of ['GET', 'OPTIONS', 'POST']) await sendHostile(mock, { method, target });
  });

  it('30 KB long, in one segment, in thousands, in one parameter and in thousands', async () => {
    for (const target of [
      `/${'a'.repeat(30_000)}`,
      '/a'.repeat(15_000),
      '/'.repeat(30_000),
      `/alive${'/'.repeat(30_000)}`,
      `/label/${'.'.repeat(30_000)}`,
      `/matrix/${';m=1'.repeat(7_000)}`,
      `/query?slow=${'a'.repeat(30_000)}!`,
      `/query?${'pipes=1|2&'.repeat(3_000)}`,
      `/query?${'&'.repeat(30_000)}`,
      `/query?deep${'[x]'.repeat(10_000)}=1`,
      `/query?${'deep[x]=1&'.repeat(3_000)}`,
      `/query?deep[${'['.repeat(15_000)}${']'.repeat(15_000)}=1`,
      `/query?json=${'['.repeat(30_000)}`,
      `/query?spaces=${'%20'.repeat(10_000)}`,
    ]) {
      expect((await sendHostile(mock, { target })).status).toBeLessThan(500);
    }
  });
});

describe('methods', () => {
  it.each([
    'TRACE',
    'PROPFIND',
    'get',
    'Get',
    'CONNECT',
    '',
    ' ',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(10_000),
    'GET\r\n',
    'QUERY',
  ])('%j', async (method) => {
    const response = await sendHostile(mock, { method, target: '/alive' });
    if (response.status === 405) expect(response.headers.get('allow')).toContain('GET');
  });
});

describe('header fields', () => {
  const hostile: Record<string, readonly string[]> = {
    accept: [
      '',
      ',',
      ';',
      '*',
      '*/*;q=',
      '*/*;q=NaN',
      'a/b;q=9',
      '*/json',
      'x'.repeat(50_000),
      '*/*,'.repeat(many),
    ],
    prefer: [
      '',
      ',',
      '=',
      'code',
      'code=',
      'code=99',
      'code=101',
      'code=600',
      'code="404',
      'example=__proto__',
    ],
    'content-type': ['', '/', ';', 'json', 'application/json;', 'application/json;charset=nope', '__proto__'],
    authorization: [
      '',
      'Basic',
      'Basic ',
      'Basic %%%',
      'Basic /w==',
      'Bearer',
      'Bearer \0',
      ' ',
      ','.repeat(many),
    ],
    cookie: ['', ';', '=', '=;=', 'crumb', 'crumb=', 'crumb="', '__proto__=1', 'biscuit=%', ';'.repeat(many)],
    host: ['', '[', 'a b', '__proto__'],
    'x-numbers': ['', ',', '1,,2', 'NaN', '1e999', '1,'.repeat(many)],
    origin: ['null', '%', '\0'],
    'content-length': ['-1', 'NaN'],
    'transfer-encoding': ['chunked'],
  };
  const rows = Object.entries(hostile).flatMap(([name, values]) => values.map((value) => ({ name, value })));
  it.each(rows)('$name: %#', async ({ name, value }) => {
    for (const [method, target, body] of [
      ['GET', '/query', undefined],
      ['GET', '/locked', undefined],
      ['POST', '/json', '{"name":"a"}'],
      ['HEAD', '/alive', undefined],
    ] as const) {
      await sendHostile(mock, {
        method,
        target,
        headers: { [name]: value },
        ...(body === undefined ? {} : { body }),
      });
    }
  });

  it('by the thousand, the same and different ones, with names that objects have', async () => {
    const headers: Record<string, string[]> = { cookie: Array(2_000).fill('crumb=1') as string[] };
    for (let index = 0; index < 2_000; index += 1) headers[`x-${index}`] = ['y'];
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) headers[name] = ['z'];
    await sendHostile(mock, { target: '/query', headers });
  });
});

describe('preferences', () => {
  it.each(['code=101', 'code=100', 'code=199'])('%s is refused: no answer ends with it', async (prefer) => {
    expect((await sendHostile(mock, { headers: { prefer } })).status).toBe(422);
    expect((await sendHostile(mock, { target: `/alive?__${prefer}` })).status).toBe(422);
  });

  it.each(['__proto__', 'constructor', 'toString'])('example=%s is not there', async (name) => {
    expect((await sendHostile(mock, { headers: { prefer: `example=${name}` } })).status).toBe(404);
  });
});

describe('through web Request and Response', () => {
  it('gives an answer to each', async () => {
    const attempts: Attempt[] = [
      { target: '/%' },
      { target: '/label/x' },
      { method: 'POST', target: '/json', body: '{', headers: { 'content-type': 'application/json' } },
    ];
    for (const one of attempts) {
      const { method, target } = attempt(one);
      const request = new Request(`http://mock.test${target}`, {
        method,
        ...(one.body === undefined ? {} : { body: String(one.body) }),
      });
      const response = await mock.fetch(request);
      expectSound({
        status: response.status,
        headers: attempt({}).headers.with('content-type', response.headers.get('content-type') ?? ''),
        body: new Uint8Array(await response.arrayBuffer()),
      });
    }
  });
});
