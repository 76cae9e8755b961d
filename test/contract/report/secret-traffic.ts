import { type ApiProxy, createProxy, type ProxyOptions } from '../../../src/proxy/index.ts';
import { ask } from '../../proxy/raw-client.ts';
import { rawUpstream } from '../../proxy/raw-upstream.ts';
import { json, request } from '../../proxy/with-proxy.ts';

const short = { type: 'string', maxLength: 3 };
const listed = { type: 'array', items: short };
const media = (schema: object) => ({ content: { 'application/json': { schema } } });

/** Everything secret that is sent to it breaks it. */
export const secretDocument: object = {
  openapi: '3.1.0',
  info: { title: 'Logins', version: '1' },
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } },
  paths: {
    '/login': {
      post: {
        parameters: [
          { name: 'api_key', in: 'query', schema: short },
          { name: 'X-Token', in: 'header', schema: short },
          { name: 'session', in: 'cookie', schema: short },
          { name: 'tokens', in: 'query', schema: listed, explode: false },
        ],
        requestBody: media({
          type: 'object',
          properties: {
            password: short,
            access_token: { type: 'string', enum: ['a'] },
            pin_secret: { type: 'number', maximum: 9 },
            known_secrets: { not: {} },
            client_secret: short,
          },
          propertyNames: { maxLength: 13 },
        }),
        responses: {
          200: {
            description: '.',
            ...media({ type: 'object', properties: { token: { ...short, pattern: '^x' } } }),
          },
        },
      },
    },
  },
};

const body = JSON.stringify({
  password: 'SECRET"PW\u00e44',
  access_token: 'SECRET05',
  pin_secret: 7_351_984,
  known_secrets: 'harmless',
  client_secret: `SECRET06${'x'.repeat(100)}`,
}).replace('\u00e4', '\\u00e4');
const query = 'api_key=SECRET+03%2F&tokens=SECRET07,SECRET08';
/** Of each request. */
export const fields: readonly string[] = [
  'X-Token: SECRET09',
  'Cookie: session=SECRET10',
  'Content-Type: application/json',
];

/** Method, target and body of requests that have secrets everywhere, each with `SECRET`, `xxxx`, `7351984` or `xy` in it. */
export const asked: readonly (readonly [method: string, target: string, body: string])[] = [
  ['GET', '/nope?api_key=SECRET01', ''],
  ['GET', '/nope2?access_token=SECRET02&api_key=xy', ''],
  ['GET', '/nope3?api_key=%5Bredacted%5D', ''],
  ['POST', `/login?${query}`, body],
];

/** What each of them is answered with. */
export const answered: object = { token: 'SECRET11' };

/** Has it all pass through a proxy, which is closed then. */
export async function passSecrets(options: Partial<ProxyOptions> = {}): Promise<ApiProxy> {
  const upstream = await rawUpstream(({ socket }) => socket.write(json(200, answered)));
  const proxy = await createProxy({ document: secretDocument, upstream: upstream.url, ...options });
  const server = await proxy.listen({ port: 0 });
  for (const [method, target, sent] of asked)
    await ask(server.port, request(`${method} ${target}`, fields, sent));
  await proxy.close();
  await upstream.close();
  return proxy;
}
