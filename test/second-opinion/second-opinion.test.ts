import { beforeAll, describe, expect, it } from 'vitest';
import { checkResponse } from '../../src/check/index.ts';
import type { Finding } from '../../src/core/index.ts';
import { type ApiDocument, type ApiOperation, loadDocument } from '../../src/document/index.ts';
import { type Exchange, HeaderList, noBody } from '../../src/http/index.ts';
import { type ApiPlan, compilePlan } from '../../src/plan/index.ts';
import {
  createSecondOpinion,
  type Judgement,
  type SecondOpinionEngine,
} from '../../src/second-opinion/index.ts';
import { library } from './library.ts';

interface Sent {
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Got {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

let document: ApiDocument;
let plan: ApiPlan;
let engine: SecondOpinionEngine;

beforeAll(async () => {
  document = await loadDocument(library);
  plan = compilePlan(document);
  engine = await createSecondOpinion(document);
});

function operationOf(key: string): ApiOperation {
  const operation = plan.find(key);
  if (operation === undefined) throw new Error(`no operation ${key}`);
  return operation;
}

const targets: Readonly<Record<string, string>> = {
  list: '/api/books?page=1',
  create: '/api/books',
  read: '/api/books/1',
};

function exchangeOf(key: string, sent: Sent, got: Got): Exchange {
  const { status = 200, body } = got;
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    request: {
      method: operationOf(key).method,
      target: sent.target ?? targets[key] ?? '/',
      origin: 'http://h',
      headers: HeaderList.from(sent.headers ?? {}),
      body: sent.body === undefined ? noBody : Buffer.from(sent.body),
    },
    response: {
      status,
      headers: HeaderList.from({ ...json, ...got.headers }),
      body: body === undefined ? noBody : Buffer.from(JSON.stringify(body)),
    },
  };
}

/** The findings of our own judge about an answer, so that what Prism is asked is what it would really be asked. */
function ourFinding(key: string, got: Got, code: string): Finding {
  const found = checkResponse(plan.compile(operationOf(key)), 'GET', exchangeOf(key, {}, got).response);
  const finding = found.find((one) => one.code === code);
  if (finding === undefined) throw new Error(`we do not find ${code}, but ${found.map((one) => one.code)}`);
  return finding;
}

const total = { 'x-total': '3' };
const book = { title: 'A' };

describe('a finding about a response', () => {
  const cases: readonly [code: string, key: string, broken: Got, sound: Got][] = [
    ['response.undocumented-status', 'read', { status: 404 }, { body: book }],
    ['response.media-type', 'read', { headers: { 'content-type': 'text/html' }, body: book }, { body: book }],
    ['response.body-missing', 'read', {}, { body: book }],
    ['response.header-missing', 'list', { body: [] }, { headers: total, body: [] }],
    ['schema.minimum', 'list', { headers: { 'x-total': '-1' }, body: [] }, { headers: total, body: [] }],
    ['schema.type', 'list', { headers: total, body: {} }, { headers: total, body: [] }],
    ['schema.required', 'list', { headers: total, body: [book, {}] }, { headers: total, body: [book, book] }],
    ...(
      [
        ['schema.type', { ...book, year: 'x' }, { ...book, year: 1 }],
        ['schema.required', { year: 1 }, book],
        ['schema.additionalProperties', { ...book, more: 1 }, book],
        ['schema.minLength', { title: '' }, book],
        ['schema.maxLength', { title: 'x'.repeat(21) }, book],
        ['schema.minimum', { ...book, id: 0 }, { ...book, id: 1 }],
        ['schema.pattern', { ...book, isbn: 'x' }, { ...book, isbn: '0123456789' }],
        ['schema.format', { ...book, added: 'now' }, { ...book, added: '2024-01-01T00:00:00Z' }],
        ['schema.enum', { ...book, kind: 'x' }, { ...book, kind: 'poem' }],
        ['schema.uniqueItems', { ...book, pages: [1, 1] }, { ...book, pages: [1, 2] }],
        ['schema.minItems', { ...book, pages: [] }, { ...book, pages: [1] }],
        ['schema.oneOf', { ...book, cover: 1 }, { ...book, cover: 'x' }],
      ] as const
    ).map(([code, broken, sound]): [string, string, Got, Got] => [
      code,
      'read',
      { body: broken },
      { body: sound },
    ]),
  ];

  it.each(cases)(
    '%s of %s is confirmed where it holds, and disputed where it does not',
    (code, key, broken, sound) => {
      const finding = ourFinding(key, broken, code);
      const operation = operationOf(key);
      const held = engine.judge(operation, exchangeOf(key, {}, broken), finding);
      expect(held).toMatchObject({ opinion: 'confirmed', prism: expect.stringMatching(/\w/) });
      const refuted = engine.judge(operation, exchangeOf(key, {}, sound), finding);
      expect(refuted).toEqual({ opinion: 'disputed', prism: 'Prism finds nothing wrong' });
    },
  );

  it('is disputed where Prism reads a format otherwise', () => {
    const got = { body: { ...book, added: '2024-01-01 00:00:00Z' } };
    const finding = ourFinding('read', got, 'schema.format');
    expect(engine.judge(operationOf('read'), exchangeOf('read', {}, got), finding).opinion).toBe('disputed');
  });

  it('is not confirmed by a complaint about another place', () => {
    const finding = ourFinding('read', { body: { ...book, id: 0 } }, 'schema.minimum');
    const elsewhere = exchangeOf('read', {}, { body: { ...book, kind: 'x', id: 1 } });
    const judged = engine.judge(operationOf('read'), elsewhere, finding);
    expect(judged.opinion).toBe('disputed');
    expect(judged.prism).toMatch(/^Prism finds nothing wrong there, but elsewhere: .*kind/);
  });

  const silences: readonly [why: string, Finding | (() => Finding), Got][] = [
    [
      'does not know the format',
      () => ourFinding('read', { body: { ...book, editor: 'x' } }, 'schema.format'),
      { body: { ...book, editor: 'x' } },
    ],
    [
      'is not given the pattern',
      () => ourFinding('read', { body: { ...book, slow: 'ab' } }, 'schema.pattern'),
      { body: { ...book, slow: 'ab' } },
    ],
    [
      'does not look at malformed bodies',
      finding('body.malformed', { part: 'body' }, 'response'),
      { body: book },
    ],
    [
      'takes suffixed types for the plain one',
      () =>
        ourFinding(
          'read',
          { headers: { 'content-type': 'application/x+json' }, body: book },
          'response.media-type',
        ),
      { headers: { 'content-type': 'application/x+json' }, body: book },
    ],
  ];

  it.each(silences)('is met with silence where Prism %s', (_why, one, got) => {
    const asked = typeof one === 'function' ? one() : one;
    expect(engine.judge(operationOf('read'), exchangeOf('read', {}, got), asked).opinion).toBe('silent');
  });
});

function finding(code: string, place: Finding['place'], side: Finding['side'] = 'request'): Finding {
  const keyword = code.startsWith('schema.') ? { keyword: code.slice(7) } : {};
  return { code, severity: 'error', message: 'It is wrong.', side, place, ...keyword };
}

const trace = { 'x-trace': 'abcd' };
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

function ask(key: string, sent: Sent, one: Finding): Judgement {
  return engine.judge(operationOf(key), exchangeOf(key, sent, {}), one);
}

describe('a finding about a request', () => {
  const cases: readonly [finding: Finding, key: string, broken: Sent, sound: Sent][] = [
    [finding('parameter.missing', { part: 'query', name: 'page' }), 'list', { target: '/api/books' }, {}],
    [finding('parameter.missing', { part: 'header', name: 'X-Trace' }), 'list', {}, { headers: trace }],
    [
      finding('schema.maximum', { part: 'query', name: 'page', pointer: '' }),
      'list',
      { target: '/api/books?page=11' },
      { target: '/api/books?page=10' },
    ],
    [
      finding('schema.type', { part: 'query', name: 'page', pointer: '' }),
      'list',
      { target: '/api/books?page=x' },
      {},
    ],
    [
      finding('schema.enum', { part: 'query', name: 'sort', pointer: '' }),
      'list',
      { target: '/api/books?page=1&sort=x' },
      { target: '/api/books?page=1&sort=year' },
    ],
    [
      finding('schema.maxItems', { part: 'query', name: 'tags', pointer: '' }),
      'list',
      { target: '/api/books?page=1&tags=a&tags=b&tags=c' },
      { target: '/api/books?page=1&tags=a&tags=b' },
    ],
    [
      finding('wire.repeated', { part: 'query', name: 'sort' }),
      'list',
      { target: '/api/books?page=1&sort=year&sort=title' },
      { target: '/api/books?page=1&sort=year' },
    ],
    [
      finding('schema.minLength', { part: 'header', name: 'X-Trace', pointer: '' }),
      'list',
      { headers: { 'x-trace': 'a' } },
      { headers: trace },
    ],
    [
      finding('schema.minimum', { part: 'path', name: 'id', pointer: '' }),
      'read',
      { target: '/api/books/0' },
      { target: '/api/books/1' },
    ],
    [finding('body.missing', { part: 'body' }), 'create', {}, { headers: json, body: '{"title":"A"}' }],
    [
      finding('body.media-type', { part: 'body' }),
      'create',
      { headers: { 'content-type': 'image/png' }, body: 'x' },
      { headers: json, body: '{"title":"A"}' },
    ],
    [
      finding('schema.required', { part: 'body', pointer: '' }),
      'create',
      { headers: json, body: '{}' },
      { headers: json, body: '{"title":"A"}' },
    ],
    [
      finding('schema.maxLength', { part: 'body', pointer: '/title' }),
      'create',
      { headers: form, body: `title=${'x'.repeat(21)}` },
      { headers: form, body: 'title=A' },
    ],
    [
      finding('security.missing', { part: 'security' }),
      'create',
      {},
      { headers: { authorization: 'Bearer x' } },
    ],
  ];

  it.each(cases)(
    '%o of %s is confirmed where it holds, and disputed where it does not',
    (one, key, broken, sound) => {
      expect(ask(key, broken, one)).toMatchObject({
        opinion: 'confirmed',
        prism: expect.stringMatching(/\w/),
      });
      expect(ask(key, sound, one)).toMatchObject({ opinion: 'disputed' });
    },
  );

  it('about a credential is confirmed where the scheme is wrong, and else met with silence', () => {
    const one = finding('security.credential', { part: 'security' });
    expect(ask('create', { headers: { authorization: 'Basic x' } }, one).opinion).toBe('confirmed');
    expect(ask('create', { headers: { authorization: 'Bearer bad' } }, one).opinion).toBe('silent');
  });

  const silences: readonly [Finding, key: string, Sent, why: RegExp][] = [
    [finding('parameter.missing', { part: 'cookie', name: 'sid' }), 'list', {}, /cookies/],
    [
      finding('schema.type', { part: 'query', name: 'filter', pointer: '' }),
      'list',
      { target: '/api/books?page=1&filter=1' },
      /media type/,
    ],
    [
      finding('schema.maxItems', { part: 'query', name: 'blank', pointer: '' }),
      'list',
      { target: '/api/books?page=1&blank=a%20b' },
      /blanks/,
    ],
    [
      finding('schema.required', { part: 'query', name: 'near', pointer: '' }),
      'list',
      { target: '/api/books?page=1&near%5By%5D=1' },
      /deep object/,
    ],
    [
      finding('schema.type', { part: 'query', name: 'page', pointer: '' }),
      'list',
      { target: '/api/books?page=' },
      /empty/,
    ],
    [
      finding('schema.required', { part: 'body', pointer: '' }),
      'create',
      { headers: { 'content-type': 'application/xml' }, body: '<Book/>' },
      /XML/,
    ],
    [finding('schema.discriminator', { part: 'body', pointer: '' }), 'create', {}, /discriminators/],
    [
      finding('schema.type', { part: 'body', pointer: '/pages' }),
      'create',
      { headers: form, body: 'title=A&pages=1' },
      /plain fields/,
    ],
    [finding('wire.utf-8', { part: 'query', name: 'sort' }), 'list', {}, /decoded/],
    [finding('something.new', { part: 'query', name: 'sort' }), 'list', {}, /such things/],
  ];

  it.each(silences)('%o of %s is met with silence', (one, key, sent, why) => {
    expect(ask(key, sent, one)).toEqual({ opinion: 'silent', prism: expect.stringMatching(why) });
  });
});

describe('a refusal', () => {
  function askAbout(key: string, sent: Sent, place: Finding['place']): Judgement {
    return engine.judgeRefusal(operationOf(key), exchangeOf(key, sent, { status: 422 }), place);
  }

  it('of a request that Prism takes too is confirmed', () => {
    expect(askAbout('read', {}, { part: 'path', name: 'id' }).opinion).toBe('confirmed');
    const token = { headers: { authorization: 'Bearer x' } };
    expect(askAbout('create', token, { part: 'security' }).opinion).toBe('confirmed');
  });

  it('of a request that Prism would refuse is disputed, in its words', () => {
    expect(askAbout('read', { target: '/api/books/0' }, { part: 'path', name: 'id' })).toEqual({
      opinion: 'disputed',
      prism: expect.stringMatching(/must be >= 1/),
    });
    expect(askAbout('create', {}, { part: 'security' }).opinion).toBe('disputed');
  });

  it('for something that Prism does not look at is met with silence', () => {
    expect(askAbout('list', {}, { part: 'cookie', name: 'sid' })).toEqual({
      opinion: 'silent',
      prism: expect.stringMatching(/cookies/),
    });
  });
});

describe('an engine', () => {
  it('loads only the operations that it is asked to', async () => {
    const read = operationOf('read');
    const small = await createSecondOpinion(document, { operations: [read] });
    const got = { body: { ...book, id: 0 } };
    const one = ourFinding('read', got, 'schema.minimum');
    expect(small.judge(read, exchangeOf('read', {}, got), one).opinion).toBe('confirmed');
    const other = small.judge(
      operationOf('list'),
      exchangeOf('list', {}, {}),
      ourFinding('list', {}, 'response.body-missing'),
    );
    expect(other).toEqual({ opinion: 'silent', prism: 'Prism does not list the operation' });
  });

  it('is silent where Prism cannot read the document', async () => {
    const broken: ApiDocument = {
      ...document,
      toJSON: () => {
        throw new Error('no JSON');
      },
    };
    const mute = await createSecondOpinion(broken);
    const judged = mute.judge(
      operationOf('read'),
      exchangeOf('read', {}, {}),
      ourFinding('read', {}, 'response.body-missing'),
    );
    expect(judged).toEqual({ opinion: 'silent', prism: 'Prism cannot read the document: no JSON' });
  });

  it('is silent where Prism throws', () => {
    const one = finding('schema.minimum', { part: 'path', name: 'id', pointer: '' });
    const exchange = exchangeOf('read', { target: '/api/books/%zz' }, {});
    expect(engine.judge(operationOf('read'), exchange, one)).toEqual({
      opinion: 'silent',
      prism: expect.stringMatching(/^Prism fails on this exchange/),
    });
  });
});
