import { describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/index.ts';
import type { Target } from '../../src/http/index.ts';
import { answer } from './notes.ts';

const json = (schema: object) => ({ description: '.', content: { 'application/json': { schema } } });
const text = { type: 'string' };

/** A thing that no list shows: only the link of another answer leads to it. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Linked', version: '1' },
  paths: {
    '/session': {
      get: {
        operationId: 'session',
        responses: {
          200: {
            ...json({ type: 'object', required: ['user'], properties: { user: text } }),
            links: { user: { operationId: 'account', parameters: { name: '$response.body#/user' } } },
          },
        },
      },
    },
    '/accounts/{name}': {
      get: {
        operationId: 'account',
        parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
        responses: {
          200: json({ type: 'object', required: ['name'], properties: { name: text } }),
          404: { description: 'None.' },
        },
      },
    },
  },
};

const paths: string[] = [];
const target: Target = async ({ method, target: path }) => {
  paths.push(path);
  if (method !== 'GET' && method !== 'HEAD') return answer(405, undefined, { Allow: 'GET, HEAD' });
  if (path === '/session') return answer(200, { user: 'mia brandt' });
  return path === '/accounts/mia%20brandt' ? answer(200, { name: 'mia brandt' }) : answer(404);
};

describe("a document's links", () => {
  it('are followed to what no list shows', async () => {
    const report = await runContract({ document, target, seed: 1 });
    expect(paths).toContain('/accounts/mia%20brandt');
    const found = report.results.find(({ obligation }) => obligation.id === 'account/accepted/required');
    expect(found?.verdict.kind).toBe('passed');
    expect(report.notes).toEqual([]);
  });

  it.each([
    ['query.ticket', '$response.body#/ticket', 'query'],
    ['ticket', '$response.body#/ticket', 'query'],
    ['header.ticket', '$response.header.X-Ticket', 'header'],
    ['cookie.ticket', '{$response.body#/ticket}', 'cookie'],
  ])('bring %s by %s to the %s', async (name, expression, place) => {
    const report = await runContract({
      document: ticketed({ parameters: { [name]: expression } }, place),
      target: async ({ method, target: path, headers }) => {
        if (path === '/session') return answer(200, { ticket: '4711' }, { 'X-Ticket': '4711' });
        if (method === 'HEAD') return answer(200);
        const { searchParams } = new URL(path, 'http://x');
        const given = [searchParams.get('ticket'), headers.get('ticket'), headers.get('cookie')];
        return given.some((one) => one?.replace('ticket=', '') === '4711') ? answer(200, {}) : answer(403);
      },
      seed: 1,
      include: ['session', 'show'],
      exclude: ['rejected.*', 'negotiation.*'],
    });
    const found = report.results.find(({ obligation }) => obligation.id === 'show/accepted/required');
    expect(found?.verdict).toEqual({ kind: 'passed' });
  });

  it('bring a body, and no circle of links has an end that is waited for', async () => {
    const sent: string[] = [];
    const back = {
      links: { back: { operationId: 'session', parameters: { lang: '$response.body#/lang' } } },
    };
    const report = await runContract({
      document: ticketed({ requestBody: '$response.body#/ticket' }, 'body', back),
      target: async ({ method, target: path, body }) => {
        if (path.startsWith('/session')) return answer(200, { ticket: { number: 4711 } });
        if (method === 'POST') sent.push(Buffer.from(body).toString());
        return sent.at(-1)?.includes('4711') === true ? answer(200, { lang: 'nl' }) : answer(403);
      },
      seed: 1,
      writes: true,
      include: ['accepted.*', 'exchange.*'],
    });
    expect(sent).toContain('{"number":4711}');
    const found = report.results.find(({ obligation }) => obligation.id === 'show/exchange/status');
    expect(found?.verdict.kind).toBe('passed');
  });
});

/** Only who has what a session gives is shown something. */
function ticketed(link: object, place: string, more: object = {}): object {
  const links = { show: { operationId: 'show', ...link } };
  const responses = {
    200: { ...json({ type: 'object' }), ...more },
    403: { description: 'No.' },
  };
  const lang = { name: 'lang', in: 'query', schema: text };
  const parameters = [{ name: 'ticket', in: place, required: true, schema: { type: 'integer' } }];
  const content = {
    'application/json': { schema: { type: 'object', properties: { number: { type: 'integer' } } } },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Tickets', version: '1' },
    paths: {
      '/session': {
        get: {
          operationId: 'session',
          parameters: [lang],
          responses: { 200: { ...json({ type: 'object' }), links } },
        },
      },
      '/show':
        place === 'body'
          ? { post: { operationId: 'show', requestBody: { required: true, content }, responses } }
          : { get: { operationId: 'show', parameters, responses } },
    },
  };
}
