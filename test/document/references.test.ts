import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiDocument } from '../../src/document/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { loadText } from './load-text.ts';

function withReference(reference: string, version = '3.0.3'): string {
  const content = { 'application/json': { schema: { $ref: reference } } };
  const paths = { '/a': { get: { responses: { 200: { description: '', content } } } } };
  return JSON.stringify({ openapi: version, info: { title: 'T', version: '1' }, paths });
}

function faultsOf(document: ApiDocument): string[] {
  return document.faults.map(({ code }) => code);
}

/** Answers by URL, and remembers what was asked. */
function web(pages: Readonly<Record<string, string | { readonly to: string }>>): {
  fetch: typeof globalThis.fetch;
  asked: string[];
} {
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    const url = String(input);
    asked.push(url);
    const page = pages[url];
    if (page === undefined) return new Response('', { status: 404 });
    if (typeof page === 'string') return new Response(page);
    return new Response(null, { status: 302, headers: { location: page.to } });
  };
  return { fetch, asked };
}

describe('a reference', () => {
  it.each([
    ['a file that is not there', 'nope.yaml', 'document.reference-file'],
    ['a file far away', '../../../../../../../../etc/hostname', 'document.reference-file'],
    ['a file by its URI', 'file:///etc/hostname', 'document.reference-file'],
    ['a host that was not named', 'https://example.com/a.yaml', 'document.reference-host'],
    ['another scheme', 'ftp://example.com/a.yaml', 'document.reference'],
    ['data', 'data:application/json,{}', 'document.reference'],
    ['a place that is not there', '#/components/schemas/A', 'document.reference'],
    ['an anchor that is not there', '#nope', 'document.reference'],
    ['no URI', 'http://', 'document.reference'],
    ['wrong percent-encoding', '#/components/%zz', 'document.reference'],
    ['a broken file', 'broken.yaml', 'document.reference-file'],
  ])('to %s is a fault', async (_name, reference, code) => {
    const { fetch, asked } = web({});
    const document = await loadText(withReference(reference), { fetch, files: { 'broken.yaml': 'a: [' } });
    expect(faultsOf(document)).toEqual([code]);
    expect(document.operations[0]?.disabledBy).toBe(document.faults[0]);
    expect(asked).toEqual([]);
  });

  it('is found behind escapes, percent-encoding and other references', async () => {
    const document = await loadDocument({
      openapi: '3.1.0',
      info: {},
      paths: {
        '/a b/{id}': {
          get: {
            responses: {
              200: {
                description: '',
                content: {
                  'a/1': { schema: { $ref: '#/components/schemas/a~1b~0c%20d' } },
                  'a/2': { schema: { $ref: '#/components/schemas/Alias/properties/x' } },
                  'a/3': {
                    schema: { $ref: '#/paths/~1a%20b~1%7Bid%7D/get/responses/200/content/a~11/schema' },
                  },
                  'a/4': { schema: { $dynamicRef: '#here' } },
                },
              },
            },
          },
        },
      },
      components: {
        schemas: {
          'a/b~c d': { const: 1 },
          Alias: { $ref: '#/components/schemas/Real' },
          Real: { properties: { x: { $dynamicAnchor: 'here', const: 2 } } },
        },
      },
    });
    expect(faultsOf(document)).toEqual(['document.path-parameter-missing']);
    const content = document.operations[0]?.responses.get('200')?.content;
    expect([...(content?.values() ?? [])].map(({ schema }) => schema)).toEqual([
      { const: 1 },
      { const: 2 },
      { const: 1 },
      { const: 2 },
    ]);
  });

  it('is data where it stands in an example, a default or an enum', async () => {
    const value = { $ref: '#/nowhere' };
    const schema = {
      default: value,
      enum: [value],
      example: value,
      properties: { $ref: { type: 'string' } },
    };
    const content = { 'application/json': { schema, example: value, examples: { a: { value } } } };
    const document = await loadDocument({
      openapi: '3.0.3',
      info: {},
      paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
    });
    expect(document.faults).toEqual([]);
    const media = document.operations[0]?.responses.get('200')?.content.get('application/json');
    expect(media?.examples.get('a')?.value).toEqual(value);
    expect(media?.schema).toMatchObject({ properties: { $ref: { type: 'string' } } });
  });

  it('may be to parameters, headers, examples, links, callbacks, bodies, schemes and path items', async () => {
    const ref = (kind: string) => ({ $ref: `#/components/${kind}/X` });
    const document = await loadDocument({
      openapi: '3.1.0',
      info: {},
      security: [{ Y: [] }],
      paths: {
        '/a': {
          post: {
            operationId: 'post',
            parameters: [ref('parameters')],
            requestBody: ref('requestBodies'),
            callbacks: { done: ref('callbacks') },
            responses: { 200: ref('responses') },
          },
        },
        '/b': { ...ref('pathItems'), summary: 'own' },
      },
      webhooks: { told: ref('pathItems') },
      components: {
        parameters: { X: { name: 'x', in: 'query', examples: { one: ref('examples') } } },
        examples: { X: { value: 1 } },
        headers: { X: { schema: { type: 'integer' } } },
        links: { X: { operationId: 'post', parameters: { x: '$response.body#/id' } } },
        responses: {
          X: {
            description: 'r',
            headers: { 'X-One': ref('headers'), 'Content-Type': ref('headers') },
            links: { again: ref('links'), other: { operationRef: '#/components/pathItems/X/get' } },
          },
        },
        requestBodies: { X: { required: true, content: { 'text/plain': {} } } },
        callbacks: { X: { '{$request.body#/url}': { post: { responses: { 200: { description: '' } } } } } },
        securitySchemes: { Y: ref('securitySchemes'), X: { type: 'apiKey', in: 'cookie', name: 'k' } },
        pathItems: { X: { get: { operationId: 'get', responses: { 204: { description: 'n' } } } } },
      },
    });
    expect(faultsOf(document)).toEqual(['document.duplicate-operation-id']);
    expect(document.operations.map(({ key }) => key)).toEqual(['post', 'get']);
    expect(document.webhooks.map(({ key, path }) => [key, path])).toEqual([['GET told', 'told']]);
    const [post] = document.operations;
    expect(post?.parameters[0]?.examples.get('one')?.value).toBe(1);
    expect(post?.requestBody?.required).toBe(true);
    const response = post?.responses.get('200');
    expect([...(response?.headers.keys() ?? [])]).toEqual(['X-One']);
    expect(response?.links.get('again')).toMatchObject({ operation: 'post' });
    expect(response?.links.get('other')).toMatchObject({ operation: 'get' });
    const callback = post?.callbacks.get('done')?.get('{$request.body#/url}');
    expect(callback?.map(({ key }) => key)).toEqual(['POST {$request.body#/url}']);
    expect(document.securitySchemes.get('Y')).toEqual({
      type: 'apiKey',
      name: 'Y',
      in: 'cookie',
      parameterName: 'k',
    });
  });
});

describe('a document from the web', () => {
  const root = 'https://api.example.com/v1/openapi.json';

  it('may refer to its own host, and to hosts that were named', async () => {
    const { fetch, asked } = web({
      [root]: withReference('a.yaml'),
      'https://api.example.com/v1/a.yaml': '$ref: https://other.example.com/b.yaml#/c',
      'https://other.example.com/b.yaml': 'c: { type: string }',
    });
    const strict = await loadDocument(root, { fetch });
    expect(faultsOf(strict)).toEqual(['document.reference-host']);
    expect(asked).toEqual([root, 'https://api.example.com/v1/a.yaml']);
    const allowed = await loadDocument(new URL(root), { fetch, allowHosts: ['other.example.com'] });
    expect(faultsOf(allowed)).toEqual([]);
    const schema = allowed.operations[0]?.responses.get('200')?.content.get('application/json')?.schema;
    expect(schema).toEqual({ type: 'string' });
  });

  it('may not refer to files', async () => {
    const { fetch } = web({ [root]: withReference('file:///etc/hostname') });
    expect(faultsOf(await loadDocument(root, { fetch }))).toEqual(['document.reference-file']);
  });

  it('is followed to no host that was not named', async () => {
    const { fetch, asked } = web({ [root]: { to: 'http://127.0.0.1:9/' } });
    await expect(loadDocument(root, { fetch })).rejects.toMatchObject({ code: 'ERR_DOCUMENT_UNREADABLE' });
    expect(asked).toEqual([root]);
  });

  it('is followed to another place of its host', async () => {
    const { fetch } = web({
      [root]: { to: '/v2.json' },
      'https://api.example.com/v2.json': withReference('#/info'),
    });
    const document = await loadDocument(root, { fetch });
    expect(document.uri).toBe('https://api.example.com/v2.json');
  });

  it.each([
    ['is not there', {}],
    ['leads in a circle', { [root]: { to: root } }],
    ['is too big', { [root]: `{"openapi":"3.0.3","x":"${'x'.repeat(2000)}"}` }],
  ])('that %s cannot be read', async (_name, pages) => {
    const { fetch } = web(pages);
    await expect(loadDocument(root, { fetch, sizeLimit: 1000 })).rejects.toMatchObject({
      code: 'ERR_DOCUMENT_UNREADABLE',
    });
  });

  it('that does not answer in time cannot be read', async () => {
    const fetch: typeof globalThis.fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    await expect(loadDocument(root, { fetch, timeout: 10 })).rejects.toThrow(/no answer came in time/);
  });
});

describe('standard input', () => {
  async function* parts(text: string): AsyncIterable<Uint8Array> {
    for (const part of [text.slice(0, 20), text.slice(20)]) yield Buffer.from(part);
  }

  it('is read as a document that may refer to no file', async () => {
    const document = await loadDocument('-', { stdin: parts(withReference('a.yaml')) });
    expect(document.uri).toBe('stdin:');
    expect(document.operations).toHaveLength(1);
    expect(faultsOf(document)).toEqual(['document.reference']);
  });

  it('must be given', async () => {
    await expect(loadDocument('-')).rejects.toMatchObject({ code: 'ERR_DOCUMENT_UNREADABLE' });
  });
});

describe('a file', () => {
  it('may refer to files around it, but not to hidden ones, nor through a link to one far away', async () => {
    const top = await mkdtemp(join(tmpdir(), 'apidouble-around-'));
    try {
      for (const folder of ['api', 'common', '.secret', 'api/.own']) await mkdir(join(top, folder));
      for (const file of ['common/a.yaml', '.secret/a.yaml', 'api/.own/a.yaml']) {
        await writeFile(join(top, file), 'type: string');
      }
      await symlink('/etc/hostname', join(top, 'api/link.yaml'));
      const references = ['../common/a.yaml', './.own/a.yaml', '../.secret/a.yaml', 'link.yaml'];
      const found: string[][] = [];
      for (const reference of references) {
        await writeFile(join(top, 'api/openapi.json'), withReference(reference));
        found.push(faultsOf(await loadDocument('openapi.json', { cwd: join(top, 'api') })));
      }
      expect(found).toEqual([[], [], ['document.reference-file'], ['document.reference-file']]);
    } finally {
      await rm(top, { recursive: true });
    }
  });

  it('that is not there cannot be read', async () => {
    await expect(loadDocument('nope.yaml', { cwd: '/' })).rejects.toMatchObject({
      code: 'ERR_DOCUMENT_UNREADABLE',
      message: expect.stringContaining('Cannot read document "nope.yaml"'),
    });
  });
});
