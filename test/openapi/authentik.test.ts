import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Facts, promisesOf, readYaml } from './facts.ts';

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
  const real = promisesOf(readYaml(source), '/events/events/');
  const own = promisesOf(ours, '/events/events/');

  it('has the same operations as authentik', () => {
    expect([...own.keys()].sort()).toEqual([...real.keys()].sort());
  });

  it('declares the same security schemes', () => {
    const schemes = promisesOf(ours, '/events/events/').get('GET /events/events/')?.get('security');
    expect(schemes).toBe('[{"authentik":[]}]');
    expect(securitySchemes(ours)).toEqual(securitySchemes(readYaml(source)));
  });

  it.each([...real.keys()])(`${name}: %s`, (operation) => {
    const found = differences(operation, real.get(operation) ?? new Map(), own.get(operation) ?? new Map());
    const wanted = intended
      .filter(([where]) => where === operation)
      .map(([where, what]) => `intended: ${where} ${what}`);
    expect(found).toEqual(wanted);
  });

  it('compares something: a promise that is broken shows', () => {
    const facts = real.get('POST /events/events/') ?? new Map();
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
