import { describe, expect, it } from 'vitest';
import { problem } from '../../src/http/index.ts';
import { jsonResponse } from '../../src/http/problem.ts';

function read(body: Uint8Array): unknown {
  return JSON.parse(Buffer.from(body).toString());
}

describe('problem', () => {
  it('has a status, a title and a type without being told', () => {
    const response = problem(404);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(read(response.body)).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 });
  });

  it('takes members, extensions and headers, and lets no extension change the status', () => {
    const validation = [{ location: ['request', 'body'], code: 'type' }];
    const response = problem(
      405,
      { type: 'urn:x', title: 'T', detail: 'D', instance: '/i', validation, status: 200 },
      [['Allow', 'GET']],
    );
    expect(read(response.body)).toEqual({
      type: 'urn:x',
      title: 'T',
      status: 405,
      detail: 'D',
      instance: '/i',
      validation,
    });
    expect(response.headers.get('allow')).toBe('GET');
  });
});

describe('jsonResponse', () => {
  it('writes the value', () => {
    const response = jsonResponse(201, { é: [1, null] });
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json']);
    expect(read(response.body)).toEqual({ é: [1, null] });
  });
});
