import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { isApidoubleError } from '../../src/core/index.ts';
import type { ApiDocument, ApiOperation } from '../../src/document/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { compileSchema, follow, type Schema } from '../../src/schema/index.ts';

const top = resolve(import.meta.dirname, '../..');
const real = {
  'authentik-2024.6.1.yml, which is beside the repository': [
    resolve(top, '../shared/documents/authentik-2024.6.1.yml'),
    resolve(top, '../../shared/documents/authentik-2024.6.1.yml'),
  ],
  'the schema.yml of @goauthentik/api, where that package has one': [
    resolve(top, 'node_modules/@goauthentik/api/schema.yml'),
  ],
  'our own openapi.yaml': [resolve(top, 'openapi.yaml')],
};

const inner = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames'] as const;

/** Walks a schema through, each object once, the inner places of recursive ones too. */
function walk(root: Schema, seen: Set<Schema>): void {
  const rest = [root];
  for (let schema = rest.pop(); schema !== undefined; schema = rest.pop()) {
    const target = follow(schema);
    if (typeof target === 'boolean' || seen.has(target)) continue;
    seen.add(target);
    expect(Object.isFrozen(target)).toBe(true);
    expect(target.$ref).toBeUndefined();
    rest.push(...(target.allOf ?? []), ...(target.anyOf ?? []), ...(target.oneOf ?? []));
    rest.push(...Object.values(target.properties ?? {}));
    for (const key of inner) {
      const one = target[key];
      if (one !== undefined) rest.push(one);
    }
    for (const branch of target.discriminator?.branches.values() ?? []) {
      expect([...(target.oneOf ?? []), ...(target.anyOf ?? [])]).toContain(branch);
    }
  }
}

/** Makes all parts of an operation. */
function use(operation: ApiOperation, seen: Set<Schema>): void {
  for (const parameter of operation.parameters) walk(parameter.schema, seen);
  const bodies = [operation.requestBody, ...operation.responses.values()];
  for (const body of bodies) {
    for (const media of body?.content.values() ?? []) walk(media.schema ?? true, seen);
  }
  for (const response of operation.responses.values()) {
    for (const header of response.headers.values()) walk(header.schema, seen);
  }
  for (const callback of operation.callbacks.values()) {
    for (const operations of callback.values()) for (const one of operations) use(one, seen);
  }
}

describe('a real document', () => {
  for (const [name, files] of Object.entries(real)) {
    const file = files.find((one) => existsSync(one));
    it.skipIf(file === undefined)(
      `has whole operations, and is written back with the same: ${name}`,
      async () => {
        const document = await loadDocument(file ?? '');
        expect(document.faults.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(document.operations.length).toBeGreaterThan(5);
        const seen = new Set<Schema>();
        for (const operation of document.operations) {
          expect(operation.disabledBy).toBeUndefined();
          use(operation, seen);
        }
        const again = await loadDocument(document.toJSON() as object);
        expect(again.faults).toEqual([]);
        expect(again.operations.map(shapeOf)).toEqual(document.operations.map(shapeOf));
      },
    );
  }
});

function shapeOf(operation: ApiOperation): unknown {
  return {
    key: operation.key,
    parameters: operation.parameters.map(({ name, in: where, style }) => [name, where, style]),
    responses: [...operation.responses].map(([status, { content }]) => [status, [...content.keys()]]),
  };
}

async function schemaOf(schema: unknown): Promise<Schema> {
  const content = { 'application/json': { schema } };
  const document = await loadDocument({
    openapi: '3.0.3',
    info: {},
    paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
    components: { schemas: { Text: { type: 'string' } } },
  });
  return document.operations[0]?.responses.get('200')?.content.get('application/json')?.schema ?? true;
}

describe('what OpenAPI 3.0 has of its own means the same afterwards', () => {
  const bound = fc.integer({ min: -5, max: 5 });

  it('exclusive bounds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ minimum: bound, maximum: bound, low: fc.boolean(), high: fc.boolean(), value: bound }),
        async ({ minimum, maximum, low, high, value }) => {
          const schema = await schemaOf({
            type: 'number',
            minimum,
            maximum,
            exclusiveMinimum: low,
            exclusiveMaximum: high,
          });
          const want =
            (low ? value > minimum : value >= minimum) && (high ? value < maximum : value <= maximum);
          expect(compileSchema(schema).isValid(value)).toBe(want);
        },
      ),
    );
  });

  const reference = { $ref: '#/components/schemas/Text' };
  it.each([
    [{ type: 'string' }, 'a', 7],
    [{ type: 'string', enum: ['a', 'b'] }, 'a', 'c'],
    [{ type: 'object', properties: { x: { type: 'string' } } }, { x: 'a' }, { x: 1 }],
    [{ allOf: [reference] }, 'a', 7],
    [{ oneOf: [reference, { type: 'integer' }] }, 7, true],
    [{ anyOf: [reference, { type: 'integer' }] }, 'a', true],
    [{ type: 'string', allOf: [{ minLength: 2 }] }, 'ab', 'a'],
    [{ type: 'array', items: { type: 'integer', nullable: true } }, [1, null], ['a']],
    [reference, 'a', 7],
  ])('nullable beside %j', async (schema, good, bad) => {
    const plain = compileSchema(await schemaOf(schema));
    const nullable = compileSchema(await schemaOf({ ...schema, nullable: true }));
    expect([plain.isValid(good), plain.isValid(bad), plain.isValid(null)]).toEqual([true, false, false]);
    expect([nullable.isValid(good), nullable.isValid(bad), nullable.isValid(null)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('nullable: false says nothing', async () => {
    const schema = compileSchema(await schemaOf({ type: 'string', nullable: false }));
    expect([schema.isValid('a'), schema.isValid(null)]).toEqual([true, false]);
  });
});

const bases = ['swagger.yaml', 'three-two.yaml', 'split/paths/books.yaml'].map(
  (name) => load(readFileSync(resolve(top, 'fixtures/documents', name), 'utf8')) as object,
);

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, Number.POSITIVE_INFINITY, '', 'x', [], {}, [null], [[]], {
    $ref: '#/definitions/Ferry',
  }),
  fc.constantFrom<unknown>({ $ref: '#' }, { $ref: '#/paths' }, { $ref: 7 }, { $ref: '' }, { $id: 'x:y' }),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    { type: [] },
    { nullable: true },
    { discriminator: {} },
  ),
);

/** The document with the nth of its nodes replaced. */
function withJunk(root: object, at: number, value: unknown): object {
  const copy = structuredClone(root) as Record<string, unknown>;
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, part] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key]);
      visit(part);
    }
  };
  visit(copy);
  const place = places[at % places.length];
  if (place !== undefined) place[0][place[1]] = value;
  return copy;
}

describe('any document', () => {
  it('is read or refused, and so is each of its operations, whatever is wrong with it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bases),
        fc.array(fc.tuple(fc.nat(2000), junk), { minLength: 1, maxLength: 4 }),
        async (base, changes) => {
          let given = base;
          for (const [at, value] of changes) given = withJunk(given, at, value);
          const document = await readOrRefuse(given);
          for (const operation of document?.operations ?? []) {
            const broken = refused(() => use(operation, new Set()));
            if (broken) expect(operation.disabledBy).toBeDefined();
          }
          JSON.stringify(document?.toJSON());
        },
      ),
      { numRuns: 300 },
    );
  });
});

async function readOrRefuse(given: object): Promise<ApiDocument | undefined> {
  try {
    return await loadDocument(given);
  } catch (error) {
    if (!isApidoubleError(error)) throw error;
    return undefined;
  }
}

function refused(action: () => void): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (!isApidoubleError(error)) throw error;
    return true;
  }
}
