import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import { type Facts, type Promises, promisesOf, readYaml } from './facts.ts';
import { promisesOfLoaded } from './loaded-facts.ts';

const root = resolve(import.meta.dirname, '../..');
const ours = readYaml(resolve(root, 'openapi.yaml'));

/** Where the real document may be found; neither is part of this repository. */
const sources = [
  resolve(root, '../shared/documents/authentik-2024.6.1.yml'),
  resolve(root, '../../shared/documents/authentik-2024.6.1.yml'),
  resolve(root, 'node_modules/@goauthentik/api/schema.yml'),
];
const source = sources.find((file) => existsSync(file));

/** Every way in which openapi.yaml is meant to differ: the operation, the promise (with all below it), and why. */
const intended: readonly (readonly [operation: string, promise: string, reason: string])[] = [
  [
    'GET /events/events/',
    'responses.404',
    'The real server answers 404 "Invalid page." past the last page; its document does not say so.',
  ],
  ...['GET', 'PUT', 'PATCH', 'DELETE'].map(
    (method) =>
      [
        `${method} /events/events/{event_uuid}/`,
        'responses.404',
        'The real server answers 404 for an unknown event; its document does not say so.',
      ] as const,
  ),
];

function differences(operation: string, real: Facts, own: Facts): string[] {
  const found: string[] = [];
  for (const promise of new Set([...real.keys(), ...own.keys()])) {
    if (real.get(promise) === own.get(promise)) continue;
    const row = intended.find(
      ([where, what]) => where === operation && (promise === what || promise.startsWith(`${what}.`)),
    );
    found.push(
      row ? `intended: ${row[0]} ${row[1]}` : `${promise}: ${real.get(promise)} became ${own.get(promise)}`,
    );
  }
  return [...new Set(found)];
}

interface Documents {
  readonly real: Promises;
  readonly own: Promises;
}

/** An unlisted difference fails, and so does a listed one that is no more. */
function expectIntended(operation: string, { real, own }: Documents): void {
  const found = differences(operation, real.get(operation) ?? new Map(), own.get(operation) ?? new Map());
  const listed = intended.filter(([where]) => where === operation);
  expect(found).toEqual(listed.map(([where, what]) => `intended: ${where} ${what}`));
}

describe('openapi.yaml', () => {
  it('describes the operations of the events API and no others', () => {
    const operations = [...promisesOf(ours, '').keys()];
    expect(operations).toEqual([
      'GET /events/events/',
      'POST /events/events/',
      'GET /events/events/{event_uuid}/',
      'PUT /events/events/{event_uuid}/',
      'DELETE /events/events/{event_uuid}/',
      'PATCH /events/events/{event_uuid}/',
      'GET /events/events/actions/',
      'GET /events/events/per_month/',
      'GET /events/events/top_per_user/',
      'GET /events/events/volume/',
    ]);
  });

  const name = "keeps authentik's promises, but for the intended differences";
  if (source === undefined) {
    it.skip(`${name} (skipped: authentik's own document is not on this machine)`, () => {});
    return;
  }
  it('declares the same security schemes', () => {
    const schemes = promisesOf(ours, '/events/events/').get('GET /events/events/')?.get('security');
    expect(schemes).toBe('[{"authentik":[]}]');
    expect(securitySchemes(ours)).toEqual(securitySchemes(readYaml(source)));
  });

  const asWritten = {
    real: promisesOf(readYaml(source), '/events/events/'),
    own: promisesOf(ours, '/events/events/'),
  };

  it.each([...asWritten.own.keys()])(`${name}, as written: %s`, (operation) => {
    expectIntended(operation, asWritten);
  });

  it('keeps them as loadDocument reads both, and has no operation more or less', async () => {
    const loaded = {
      real: promisesOfLoaded(await loadDocument(source), '/events/events/'),
      own: promisesOfLoaded(await loadDocument(resolve(root, 'openapi.yaml')), '/events/events/'),
    };
    for (const { real, own } of [asWritten, loaded]) {
      expect([...own.keys()].sort()).toEqual([...real.keys()].sort());
    }
    for (const operation of loaded.own.keys()) expectIntended(operation, loaded);
  });

  it('compares something: a promise that is broken shows', () => {
    const facts = asWritten.real.get('POST /events/events/') ?? new Map();
    const broken = new Map(facts).set(
      'requestBody.content.application/json.schema.properties.app.minLength',
      '2',
    );
    expect(facts.size).toBeGreaterThan(40);
    expect(differences('POST /events/events/', facts, broken)).toEqual([
      'requestBody.content.application/json.schema.properties.app.minLength: 1 became 2',
    ]);
  });
});

function securitySchemes(document: ReturnType<typeof readYaml>): unknown {
  const schemes = (document.components as { securitySchemes: Record<string, Record<string, unknown>> })
    .securitySchemes;
  return Object.entries(schemes).map(([name, { type, scheme }]) => ({ name, type, scheme }));
}
