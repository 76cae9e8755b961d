import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '../../src/cli/curl-command.ts';
import { operationLines } from '../../src/cli/operation-list.ts';
import { createCallSampler } from '../../src/cli/sample-call.ts';
import { plainOutput } from '../../src/cli/terminal.ts';
import type { ApiOperation, SecurityScheme } from '../../src/document/index.ts';
import { documentOf, operationOf, parameterOf } from './document-of.ts';

const { colors } = plainOutput(() => {});
const baseUrl = 'http://127.0.0.1:4010';

const schemes: SecurityScheme[] = [
  { type: 'http', name: 'bearer', scheme: 'bearer' },
  { type: 'http', name: 'basic', scheme: 'basic' },
  { type: 'apiKey', name: 'query', in: 'query', parameterName: 'api key' },
  { type: 'apiKey', name: 'cookie', in: 'cookie', parameterName: 'sid' },
  { type: 'oauth2', name: 'oauth' },
];
const document = documentOf({ securitySchemes: new Map(schemes.map((scheme) => [scheme.name, scheme])) });

function needs(...names: string[]): ApiOperation['security'] {
  return [new Map(names.map((name) => [name, []]))];
}

describe('the line of an operation', () => {
  const table: [name: string, operation: Partial<ApiOperation>, want: string][] = [
    ['a plain one', { path: '/events/' }, 'curl http://127.0.0.1:4010/events/'],
    ['a method', { path: '/events/', method: 'DELETE' }, 'curl -X DELETE http://127.0.0.1:4010/events/'],
    ['HEAD', { path: '/a', method: 'HEAD' }, 'curl --head http://127.0.0.1:4010/a'],
    [
      'a base path with a variable',
      {
        path: '/events/',
        servers: [
          { url: 'https://{region}.example.com/api/{v}/', variables: new Map([['v', { default: 'v3' }]]) },
        ],
      },
      'curl http://127.0.0.1:4010/api/v3/events/',
    ],
    [
      'a base path that is not encoded',
      { path: '/é', servers: [{ url: '/a b/', variables: new Map() }] },
      'curl http://127.0.0.1:4010/a%20b/%C3%A9',
    ],
    [
      'path parameters by type and format',
      {
        path: '/a/{id}/{uuid}/{kind}.{format}',
        parameters: [
          parameterOf({ name: 'id', in: 'path', schema: { type: 'integer', minimum: 5 } }),
          parameterOf({ name: 'uuid', in: 'path', schema: { type: 'string', format: 'uuid' } }),
          parameterOf({ name: 'kind', in: 'path', schema: { enum: ['a/b', 'c'] } }),
          parameterOf({ name: 'format', in: 'path' }),
        ],
      },
      'curl http://127.0.0.1:4010/a/5/3fa85f64-5717-4562-b3fc-2c963f66afa6/a%2Fb.format',
    ],
    [
      'label and matrix',
      {
        path: '/a{x}{y}',
        parameters: [
          parameterOf({ name: 'x', in: 'path', style: 'label', schema: { type: 'boolean' } }),
          parameterOf({ name: 'y', in: 'path', style: 'matrix', schema: { const: 7 } }),
        ],
      },
      "curl 'http://127.0.0.1:4010/a.true;y=7'",
    ],
    [
      'only what is required',
      {
        path: '/a',
        parameters: [
          parameterOf({ name: 'q', in: 'query', required: true, schema: { example: "it's" } }),
          parameterOf({ name: 'r', in: 'query' }),
          parameterOf({ name: 'X-Tenant', in: 'header', required: true, schema: { default: 'acme' } }),
        ],
      },
      `curl 'http://127.0.0.1:4010/a?q=it'\\''s' -H 'X-Tenant: acme'`,
    ],
    [
      'bearer',
      { security: needs('bearer') },
      "curl http://127.0.0.1:4010/ -H 'Authorization: Bearer secret'",
    ],
    ['oauth2', { security: needs('oauth') }, "curl http://127.0.0.1:4010/ -H 'Authorization: Bearer token'"],
    [
      'basic',
      { security: needs('basic') },
      "curl http://127.0.0.1:4010/ -H 'Authorization: Basic dXNlcjpwYXNzd29yZA=='",
    ],
    [
      'two keys together',
      { security: needs('query', 'cookie') },
      "curl 'http://127.0.0.1:4010/?api%20key=key' -H 'Cookie: sid=key'",
    ],
    [
      'an alternative without credentials',
      { security: [...needs('bearer'), new Map()] },
      'curl http://127.0.0.1:4010/',
    ],
  ];
  for (const [name, operation, want] of table) {
    it(`shows ${name}`, () => {
      const sample = createCallSampler(document, { bearer: 'secret' });
      const operations = [operationOf(operation)];
      expect(operationLines({ operations, baseUrl, sample, list: 'all', colors })).toEqual([want]);
    });
  }

  it('survives an operation whose parameters are broken', () => {
    const broken = operationOf({ path: '/a/{id}' });
    Object.defineProperty(broken, 'parameters', {
      get: () => {
        throw new Error('broken');
      },
    });
    const sample = createCallSampler(document);
    const lines = operationLines({ operations: [broken], baseUrl, sample, list: 'all', colors });
    expect(lines).toEqual(['curl http://127.0.0.1:4010/a/id']);
  });
});

describe('the list', () => {
  const operations = Array.from({ length: 41 }, (_, index) => operationOf({ path: `/a${index}` }));
  const options = { operations, baseUrl, sample: createCallSampler(document), colors };

  it('is cut at forty lines in a terminal, and says how to see all', () => {
    const lines = operationLines({ ...options, list: 'short' });
    expect(lines).toHaveLength(41);
    expect(lines[0]).toBe('GET     http://127.0.0.1:4010/a0');
    expect(lines[40]).toBe('… and 1 more; --list all prints them');
  });

  it('is whole elsewhere, and empty when asked', () => {
    expect(operationLines({ ...options, list: 'all' })).toHaveLength(41);
    expect(operationLines({ ...options, list: 'none' })).toEqual([]);
  });

  it('leaves out what a fault disables', () => {
    const fault = {
      code: 'x',
      severity: 'error',
      message: 'x',
      side: 'document',
      place: { part: 'document' },
    } as const;
    const [first] = operations;
    const disabled = operationOf({ ...first, disabledBy: fault });
    expect(operationLines({ ...options, operations: [disabled], list: 'all' })).toEqual([]);
  });
});

describe('curlCommand', () => {
  it('keeps a body of several lines on one line of text', () => {
    const body = '--x\r\nA: "50%" \\n\r\n\r\né$x`y`\r\n--x--';
    const line = curlCommand({ method: 'POST', url: 'http://a', headers: [], body });
    expect(line).not.toMatch(/[\r\n]/);
    const script = `curl() { printf '%s' "$5"; }\n${line}`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(body);
  });

  it('is read by a shell as the words that were meant', () => {
    const call = {
      method: 'POST',
      url: 'http://127.0.0.1/$(date)`id`\u001b[2J',
      headers: [['X-A', `a"b'c\\`]] as const,
      body: '{"it\'s":"!$x"}\n',
    };
    const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${curlCommand(call)}`;
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(words).toEqual([
      '-X',
      'POST',
      'http://127.0.0.1/$(date)`id`\\u001b[2J',
      '-H',
      `X-A: a"b'c\\`,
      '--data-raw',
      '{"it\'s":"!$x"}',
    ]);
  });
});
