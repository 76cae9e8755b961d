import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Report, reportTraffic } from '../../../src/contract/index.ts';
import { redactTraffic } from '../../../src/contract/result/traffic-redaction.ts';
import { loadDocument } from '../../../src/document/index.ts';
import { HeaderList, noBody } from '../../../src/http/index.ts';
import { createProxy } from '../../../src/proxy/index.ts';
import { createRecorder, secretNames } from '../../../src/recording/index.ts';
import { command } from '../../cli/command.ts';
import { folderWith } from '../../flows/command.ts';
import { ask } from '../../proxy/raw-client.ts';
import { rawUpstream } from '../../proxy/raw-upstream.ts';
import { json, request } from '../../proxy/with-proxy.ts';

const short = { type: 'string', maxLength: 3 };
const listed = { type: 'array', items: short };
const media = (schema: object) => ({ content: { 'application/json': { schema } } });

/** Everything secret that is sent to it breaks it. */
const document = {
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
const fields = ['X-Token: SECRET09', 'Cookie: session=SECRET10', 'Content-Type: application/json'];

const asked = [
  ['GET', '/nope?api_key=SECRET01', ''],
  ['GET', '/nope2?access_token=SECRET02&api_key=xy', ''],
  ['GET', '/nope3?api_key=%5Bredacted%5D', ''],
  ['POST', `/login?${query}`, body],
] as const;
const answered = { token: 'SECRET11' };

async function reportOfProxy(): Promise<Report> {
  const upstream = await rawUpstream(({ socket }) => socket.write(json(200, answered)));
  const proxy = await createProxy({ document, upstream: upstream.url });
  const server = await proxy.listen({ port: 0 });
  for (const [method, target, sent] of asked)
    await ask(server.port, request(`${method} ${target}`, fields, sent));
  await proxy.close();
  await upstream.close();
  return reportTraffic({
    document: proxy.document,
    target: upstream.url,
    source: 'proxy',
    startedAt: 0,
    seconds: 1,
    ...proxy.coverage(),
    notes: [],
    secrets: { names: secretNames(proxy.document) },
    engineOpinion: true,
  });
}

async function reportOfCheck(): Promise<Report> {
  const folder = folderWith({ 'api.json': JSON.stringify(document) });
  const recorder = createRecorder(join(folder.path, 'traffic.jsonl'), { redact: false });
  for (const [method, target, sent] of asked) {
    const headers = HeaderList.from(fields.map((field) => field.split(': ') as [string, string]));
    const json = HeaderList.from([['Content-Type', 'application/json']]);
    const exchange = {
      request: { method, target, origin: 'http://a.example', headers, body: Buffer.from(sent) },
      response: { status: 200, headers: json, body: Buffer.from(JSON.stringify(answered)) },
    };
    recorder.record({ exchange, startedAt: 0, milliseconds: 1 });
  }
  recorder.close();
  const files = [join(folder.path, 'traffic.jsonl'), '--document', join(folder.path, 'api.json')];
  const { out } = await command('check', ...files, '--no-config', '--reporter', 'json');
  folder.remove();
  return JSON.parse(out) as Report;
}

describe('what is secret for its name', () => {
  it.each([
    ['proxy', reportOfProxy],
    ['check', reportOfCheck],
  ])('stands in no word of the report of %s', async (_, reportOf) => {
    const report = await reportOf();
    const told = report.findings.map(({ message, expected, seen }) => ({ message, expected, seen }));
    expect(JSON.stringify(report).match(/SECRET.{0,9}|xxxx|7351984|api_key=xy/g)).toBe(null);
    // All that is wrong is told, with what was seen there.
    for (const seen of [
      'GET /nope?api_key=%5Bredacted%5D',
      'GET /nope2?access_token=%5Bredacted%5D&api_key=%5Bredacted%5D',
      'GET /nope3?api_key=%5Bredacted%5D',
      '10 characters: "[redacted]"',
      '11 characters: "[redacted]"',
      '8 characters: "[redacted]"',
      '108 characters: "[redacted]…"',
      '"[redacted]"',
      '[redacted]',
      '"harmless"',
    ])
      expect(told.map((one) => one.seen)).toContain(seen);
    expect(told.some(({ message }) => message.includes('password must have at most 3 characters'))).toBe(
      true,
    );
  });
});

describe('an exchange with more secrets than can be looked for', () => {
  it('has no words', async () => {
    const tokens = Array.from({ length: 12_000 }, (_, index) => ({ token: `secret${index}` }));
    const body = Buffer.from(JSON.stringify(tokens));
    const headers = HeaderList.from([['Content-Type', 'application/json']]);
    const request = { method: 'GET', target: '/', origin: '', headers: HeaderList.from([]), body: noBody };
    const exchange = { request, response: { status: 200, headers, body } };
    const { text } = redactTraffic(exchange, { document: await loadDocument(document) });
    expect(text('seen: "secret11999"')).toBe('[redacted]');
  });
});
