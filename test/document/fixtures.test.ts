import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { originOf } from '../../src/core/index.ts';
import type { ApiDocument, ApiOperation } from '../../src/document/index.ts';
import { loadDocument, readExternalValue } from '../../src/document/index.ts';
import { follow, type Schema, type SchemaObject } from '../../src/schema/index.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/documents');

function operationOf(document: ApiDocument, key: string): ApiOperation {
  const found = document.operations.find((operation) => operation.key === key);
  if (found === undefined) throw new Error(`no operation ${key}`);
  return found;
}

function object(schema: Schema | undefined): SchemaObject {
  if (typeof schema !== 'object') throw new Error(`not an object: ${schema}`);
  return schema;
}

describe('a document of many files', () => {
  const load = () => loadDocument('split/openapi.yaml', { cwd: folder });

  it('is one: references lead from file to file and back', async () => {
    const document = await load();
    expect(document.faults).toEqual([]);
    expect(document.files.map((file) => file.slice(file.indexOf('documents/') + 10))).toEqual([
      'split/openapi.yaml',
      'common/problem.yaml',
      'split/paths/books.yaml',
      'split/schemas/book.json',
      'split/schemas/numbers.yaml',
      'split/schemas/person.yaml',
    ]);
    expect(document.operations.map(({ key }) => key)).toEqual(['listBooks', 'getBook']);
  });

  it('shares schemas, and ends where they contain one another', async () => {
    const document = await load();
    const one = operationOf(document, 'getBook').responses.get('200')?.content.get('application/json');
    const all = operationOf(document, 'listBooks').responses.get('200')?.content.get('application/json');
    const book = object(one?.schema);
    expect(object(object(all?.schema).properties?.books).items).toBe(book);
    const author = object(follow(object(book.properties?.author)));
    expect(follow(object(object(author.properties?.books).items ?? false))).toBe(book);
    expect(originOf(book)?.uri).toMatch(/schemas\/book\.json$/);
  });

  it('finds schemas by $id and $anchor', async () => {
    const document = await load();
    const book = object(
      operationOf(document, 'getBook').responses.get('200')?.content.get('application/json')?.schema,
    );
    expect(operationOf(document, 'getBook').parameters[0]?.schema).toBe(book.properties?.isbn);
    expect(operationOf(document, 'listBooks').parameters[0]?.schema).toEqual({
      type: 'integer',
      maximum: 100,
    });
  });

  it('reads each file by its own version', async () => {
    const document = await load();
    const problem = operationOf(document, 'listBooks').responses.get('default');
    const schema = object(problem?.content.get('application/problem+json')?.schema);
    expect(schema.properties?.detail).toEqual({ type: ['string', 'null'] });
  });

  it('names the file of a place', async () => {
    const document = await load();
    const { origin } = operationOf(document, 'getBook');
    expect(document.locate(origin)).toMatchObject({ file: 'split/paths/books.yaml', line: 28, column: 5 });
  });

  it('is written as one, without a reference to another file', async () => {
    const json = JSON.parse(JSON.stringify((await load()).toJSON()));
    const references = [...JSON.stringify(json).matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(5);
    expect(references.filter((reference) => !reference?.startsWith('#/components/schemas/'))).toEqual([]);
    const again = await loadDocument(json);
    expect(again.faults).toEqual([]);
    expect(Object.keys(json.components.schemas).sort()).toEqual([
      'Problem',
      'Shelf',
      'book',
      'isbn',
      'limit',
      'person',
    ]);
  });

  it('reads external values on demand', async () => {
    const document = await load();
    const media = operationOf(document, 'getBook').responses.get('200')?.content.get('application/json');
    const example = media?.examples.get('emma');
    if (example === undefined) throw new Error('no example');
    expect(Buffer.from(await readExternalValue(document, example)).toString()).toContain('Emma');
    const wrong = { ...example, externalValue: 'https://elsewhere.example.com/emma.json' };
    await expect(readExternalValue(document, wrong)).rejects.toMatchObject({ code: 'ERR_REFERENCE_HOST' });
  });
});

describe('Swagger 2.0', () => {
  const load = () => loadDocument('swagger.yaml', { cwd: folder });

  it('becomes servers, schemes and security', async () => {
    const document = await load();
    expect(document.faults).toEqual([]);
    expect(document.servers.map(({ url }) => url)).toEqual([
      'https://ferry.example.com/api',
      'http://ferry.example.com/api',
    ]);
    expect([...document.securitySchemes.values()]).toEqual([
      { type: 'http', name: 'password', scheme: 'basic' },
      { type: 'apiKey', name: 'key', in: 'header', parameterName: 'X-Key' },
      { type: 'oauth2', name: 'oauth' },
    ]);
    expect(operationOf(document, 'listFerries').security).toEqual([new Map([['key', []]])]);
    expect(operationOf(document, 'addFerry').security).toEqual([new Map([['oauth', ['sail']]])]);
  });

  it('becomes parameters with styles and schemas', async () => {
    const { parameters } = operationOf(await load(), 'listFerries');
    expect(parameters.map(({ name, style, explode, schema }) => ({ name, style, explode, schema }))).toEqual([
      { name: 'limit', style: 'form', explode: false, schema: { type: 'integer', exclusiveMaximum: 50 } },
      {
        name: 'ports',
        style: 'pipeDelimited',
        explode: false,
        schema: { type: 'array', items: { type: 'string', enum: ['Kiel', 'Oslo'] } },
      },
      { name: 'days', style: 'form', explode: true, schema: { type: 'array', items: { type: 'integer' } } },
      { name: 'names', style: 'form', explode: false, schema: { type: 'array', items: { type: 'string' } } },
      { name: 'X-Trace', style: 'simple', explode: false, schema: { type: 'string', format: 'uuid' } },
    ]);
  });

  it('becomes responses in each media type that is produced', async () => {
    const document = await load();
    const { responses } = operationOf(document, 'listFerries');
    expect([...responses.keys()]).toEqual(['200', '410']);
    const ok = responses.get('200');
    expect([...(ok?.content.keys() ?? [])]).toEqual(['application/json', 'application/xml']);
    expect(ok?.content.get('application/json')?.examples.get('')?.value).toEqual([{ name: 'Stena' }]);
    expect(ok?.headers.get('X-Total')).toMatchObject({ style: 'simple', schema: { type: 'integer' } });
    const ferry = object(object(ok?.content.get('application/xml')?.schema).items);
    expect(ferry.properties?.captain).toEqual({ type: ['string', 'null'] });
    expect(follow(object(ferry.properties?.sister))).toBe(ferry);
    expect(originOf(ferry)?.pointer).toBe('/definitions/Ferry');
    expect(operationOf(document, 'addFerry').responses.get('201')?.content.size).toBe(0);
    const photo = operationOf(document, 'putPhoto').responses.get('200')?.content.get('image/png');
    expect(photo?.schema).toEqual({
      type: 'string',
      format: 'binary',
      contentMediaType: 'application/octet-stream',
    });
  });

  it('becomes request bodies: of a body parameter, and of form fields', async () => {
    const document = await load();
    const body = operationOf(document, 'addFerry').requestBody;
    expect(body).toMatchObject({ required: true, description: 'The new one.' });
    expect([...(body?.content.keys() ?? [])]).toEqual(['application/json']);
    const form = operationOf(document, 'putPhoto').requestBody;
    expect([...(form?.content.keys() ?? [])]).toEqual(['multipart/form-data']);
    const part = form?.content.get('multipart/form-data');
    expect(object(part?.schema)).toMatchObject({ type: 'object', required: ['photo'] });
    expect(part?.encoding.get('tags')).toMatchObject({ style: 'form', explode: false });
  });

  it('keeps its pointers, as the author wrote them', async () => {
    const document = await load();
    const origin = originOf(operationOf(document, 'listFerries').parameters[0]);
    const at = operationOf(document, 'listFerries').parameters[0]?.origin ?? origin;
    if (at === undefined) throw new Error('no origin');
    expect(document.locate(at)).toMatchObject({ pointer: '/parameters/Limit', line: 27, column: 3 });
  });

  it('is written as OpenAPI 3', async () => {
    const document = await load();
    const again = await loadDocument(document.toJSON() as object);
    expect(again.version).toBe('3.1.0');
    expect(again.faults).toEqual([]);
    for (const operation of document.operations) {
      const other = operationOf(again, operation.key);
      expect([...other.responses.keys()]).toEqual([...operation.responses.keys()]);
      expect(other.parameters.map(({ origin, ...rest }) => rest)).toEqual(
        operation.parameters.map(({ origin, ...rest }) => rest),
      );
    }
  });
});

describe('OpenAPI 3.2', () => {
  const load = () => loadDocument('three-two.yaml', { cwd: folder });

  it('has its own methods, and knows itself by $self', async () => {
    const document = await load();
    expect(document.faults).toEqual([]);
    expect(document.operations.map(({ method, key }) => `${method} ${key}`)).toEqual([
      'QUERY findReports',
      'GET listReports',
      'LINK linkReports',
    ]);
    expect(document.servers[0]?.name).toBe('live');
    const body = operationOf(document, 'findReports').requestBody;
    expect(body?.content.get('application/json')?.schema).toEqual({ type: 'object' });
  });

  it('has item schemas, encodings by position, query strings, cookies and two forms of example', async () => {
    const document = await load();
    const lines = operationOf(document, 'findReports').responses.get('200')?.content.get('application/jsonl');
    const list = operationOf(document, 'listReports');
    const json = list.responses.get('200')?.content.get('application/json');
    expect(lines?.itemSchema).toBe(json?.schema);
    expect(json?.examples.get('storm')).toMatchObject({
      value: { kind: 'storm' },
      serializedValue: '{"kind":"storm"}',
    });
    const mixed = list.responses.get('200')?.content.get('multipart/mixed');
    expect(mixed?.prefixEncoding?.[0]?.contentType).toEqual(['application/json']);
    expect(mixed?.itemEncoding?.contentType).toEqual(['image/png', 'image/jpeg']);
    expect(list.parameters.map(({ in: where, style, explode }) => [where, style, explode])).toEqual([
      ['querystring', 'form', true],
      ['cookie', 'cookie', true],
    ]);
    expect(list.parameters[0]?.content?.mediaType).toBe('application/x-www-form-urlencoded');
    const { anyOf, discriminator } = object(json?.schema);
    expect(discriminator?.branches.get('storm')).toBe(anyOf?.[0]);
    expect(discriminator?.defaultBranch).toBe(anyOf?.[1]);
  });

  it('is written as 3.2', async () => {
    const document = await load();
    const again = await loadDocument(document.toJSON() as object);
    expect(again.version).toBe('3.2.0');
    expect(again.faults.map(({ code }) => code)).toEqual([]);
    expect(again.operations.map(({ key }) => key).sort()).toEqual(
      document.operations.map(({ key }) => key).sort(),
    );
  });
});
