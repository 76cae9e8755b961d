import { describe, expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import { createMock, type Mock, type MockOptions } from '../../src/mock/index.ts';

const securitySchemes = {
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  digest: { type: 'http', scheme: 'digest' },
  inHeader: { type: 'apiKey', in: 'header', name: 'X-Key' },
  inQuery: { type: 'apiKey', in: 'query', name: 'key' },
  inCookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  oauth: { type: 'oauth2', flows: {} },
  oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example.test' },
  tls: { type: 'mutualTLS' },
};

async function mockOf(security: readonly object[], options: Partial<MockOptions> = {}): Promise<Mock> {
  const get = { security, responses: { 200: { description: '' } } };
  return createMock({
    document: {
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: { '/a': { get } },
      components: { securitySchemes },
    },
    ...options,
  });
}

interface Sent {
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly clientCertificate?: boolean;
}

async function statusOf(mock: Mock, { target = '/a', headers = {}, ...rest }: Sent): Promise<number> {
  const request = { method: 'GET', target, origin: 'http://m', body: new Uint8Array(0), ...rest };
  return (await mock.send({ ...request, headers: HeaderList.from(headers) })).status;
}

const user = { headers: { authorization: `Basic ${Buffer.from('user:pass').toString('base64')}` } };
const token = { headers: { authorization: 'Bearer abc' } };

describe('each scheme', () => {
  it.each<[keyof typeof securitySchemes, Sent, readonly Sent[]]>([
    [
      'basic',
      user,
      [token, {}, { headers: { authorization: 'Basic' } }, { headers: { authorization: 'Basic %%' } }],
    ],
    [
      'bearer',
      token,
      [user, {}, { headers: { authorization: 'Bearer' } }, { headers: { authorization: 'abc' } }],
    ],
    ['bearer', { headers: { authorization: 'bEaReR abc' } }, []],
    ['digest', { headers: { authorization: 'Digest username="u"' } }, [token, {}]],
    ['inHeader', { headers: { 'x-key': 'k' } }, [{}, { headers: { 'x-key': '' } }, { target: '/a?key=k' }]],
    ['inQuery', { target: '/a?key=k' }, [{}, { target: '/a?key=' }, { target: '/a?keys=k' }]],
    ['inCookie', { headers: { cookie: 'a=b; session=k' } }, [{}, { headers: { cookie: 'a=session' } }]],
    ['oauth', token, [user, {}]],
    ['oidc', token, [user, {}]],
    ['tls', { clientCertificate: true }, [{ clientCertificate: false }]],
    ['tls', {}, []],
  ])('%s takes %j', async (name, good, bad) => {
    const mock = await mockOf([{ [name]: [] }]);
    expect(await statusOf(mock, good)).toBe(200);
    for (const one of bad) expect(await statusOf(mock, one), JSON.stringify(one)).toBe(401);
  });

  it.each<[keyof typeof securitySchemes, RegExp]>([
    ['basic', /^Basic realm=/],
    ['bearer', /^Bearer$/],
    ['digest', /^Digest$/],
    ['inHeader', /X-Key/],
    ['oauth', /^Bearer$/],
  ])('%s is challenged for', async (name, challenge) => {
    const mock = await mockOf([{ [name]: [] }]);
    const response = await mock.fetch(new Request('http://m/a'));
    expect(response.headers.get('www-authenticate')).toMatch(challenge);
  });
});

describe('requirements', () => {
  const both = { headers: { ...token.headers, 'x-key': 'k' } };
  it.each<[string, readonly object[], Sent, number]>([
    ['one of two, the first', [{ bearer: [] }, { inHeader: [] }], token, 200],
    ['one of two, the second', [{ bearer: [] }, { inHeader: [] }], { headers: { 'x-key': 'k' } }, 200],
    ['one of two, none', [{ bearer: [] }, { inHeader: [] }], {}, 401],
    ['both, both', [{ bearer: [], inHeader: [] }], both, 200],
    ['both, one', [{ bearer: [], inHeader: [] }], token, 401],
    [
      'both or another, the other',
      [{ bearer: [], inHeader: [] }, { inQuery: [] }],
      { target: '/a?key=k' },
      200,
    ],
    ['or nobody, nobody', [{ bearer: [] }, {}], {}, 200],
    ['none at all', [], {}, 200],
  ])('%s', async (_, security, sent, status) => {
    expect(await statusOf(await mockOf(security), sent)).toBe(status);
  });

  it('tell what was lacking, each scheme once', async () => {
    const mock = await mockOf([{ bearer: [] }, { bearer: [], inHeader: [] }]);
    const response = await mock.fetch(new Request('http://m/a'));
    const { validation } = (await response.json()) as { validation: { place: { name: string } }[] };
    expect(validation.map(({ place }) => place.name).sort()).toEqual(['bearer', 'inHeader']);
  });

  it('are met by the configured credential alone', async () => {
    const credentials = { basic: 'user:pass', inQuery: 'k', inCookie: 'k', bearer: 'abc' };
    for (const [name, good, bad] of [
      [
        'basic',
        user,
        { headers: { authorization: `Basic ${Buffer.from('user:other').toString('base64')}` } },
      ],
      ['bearer', token, { headers: { authorization: 'Bearer other' } }],
      ['inQuery', { target: '/a?key=k' }, { target: '/a?key=other' }],
      ['inCookie', { headers: { cookie: 'session=k' } }, { headers: { cookie: 'session=other' } }],
    ] as const) {
      const mock = await mockOf([{ [name]: [] }], { credentials });
      expect([await statusOf(mock, good), await statusOf(mock, bad)]).toEqual([200, 401]);
    }
  });
});
