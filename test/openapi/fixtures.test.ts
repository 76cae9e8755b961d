import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import { compileSchema } from '../../src/schema/index.ts';
import { type Node, readYaml } from './facts.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = resolve(root, 'fixtures/events');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** An engine of the test's own, so that this judgement does not rest on Apidouble's; `nullable` is the one word of 3.0 used here. */
function eventValidator(): (event: unknown) => unknown {
  const document = readYaml(resolve(root, 'openapi.yaml'));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'openapi', ...document });
  const validate = ajv.compile({ $ref: 'openapi#/components/schemas/Event' });
  return (event) => (validate(event) ? [] : validate.errors);
}

function read(file: string): Node {
  return JSON.parse(readFileSync(resolve(folder, file), 'utf8'));
}

const judge = eventValidator();

describe('fixtures/events', () => {
  it('holds a dozen events', () => {
    expect(files.length).toBe(12);
  });

  it.each(files)('%s is valid for the judge of Apidouble too', async (file) => {
    const { operations } = await loadDocument(resolve(root, 'openapi.yaml'));
    const retrieve = operations.find((operation) => operation.key === 'events_events_retrieve');
    const schema = retrieve?.responses.get('200')?.content.get('application/json')?.schema;
    const validator = compileSchema(schema ?? false, { direction: 'response' });
    expect(validator.validate(read(file))).toEqual([]);
    expect(validator.isValid({ ...read(file), action: 'sign_in' })).toBe(false);
  });

  it.each(files)('%s is a valid event with nothing left out and nothing else', (file) => {
    const event = read(file);
    expect(judge(event)).toEqual([]);
    expect(Object.keys(event)).toEqual([
      'pk',
      'user',
      'action',
      'app',
      'context',
      'client_ip',
      'created',
      'expires',
      'brand',
    ]);
    expect(Date.parse(String(event.expires))).toBeGreaterThan(Date.parse(String(event.created)));
  });

  it.each([
    ['an unknown action', { action: 'sign_in' }],
    ['a pk that is no uuid', { pk: '42' }],
    ['a date without a time', { created: '2024-07-29' }],
    ['an address that is a number', { client_ip: 7 }],
  ])('would notice %s', (_, change) => {
    expect(judge({ ...read('login.json'), ...change })).not.toEqual([]);
  });

  it('tells the events apart', () => {
    expect(new Set(files.map((file) => read(file).pk)).size).toBe(files.length);
  });

  it('names each in the README', () => {
    const readme = readFileSync(resolve(folder, 'README.md'), 'utf8');
    expect(files.filter((file) => !readme.includes(`\`${file}\``))).toEqual([]);
  });
});
