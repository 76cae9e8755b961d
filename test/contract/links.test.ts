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
});
