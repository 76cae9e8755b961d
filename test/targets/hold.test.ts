import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract/index.ts';
import { holdAgainst, meetsGoals } from './hold.ts';
import { targetServers } from './servers/index.ts';
import { type Judgement, readTruth } from './truth.ts';

const operation = { key: 'getZone', method: 'GET', path: '/zones/{id}', tags: [] };

/** A report whose one finding shows in an operation at a status. */
function reportOf(cause: string, status: number): Report {
  const obligation = { id: 'getZone/exchange/status', check: 'exchange.status', operation };
  const instances = [{ obligation: obligation.id, statuses: [status] }];
  return { findings: [{ cause, instances }], results: [{ obligation }] } as unknown as Report;
}

const known = [{ operation: 'GET /zones/{id}', status: 409, check: 'exchange.status' }];

function judged(more: Partial<Judgement>): Judgement {
  const evidence = { because: '', exchange: '', document: '' };
  return { check: 'exchange.status', cause: '* is not documented', isTrue: true, ...evidence, ...more };
}

describe('findings held against the list', () => {
  it.each([
    ['true where a judgement says so', [judged({})], 'trueUnits'],
    ['false where a judgement says so', [judged({ isTrue: false })], 'falseUnits'],
    ['not judged at another status', [judged({ statuses: [404] })], 'unjudged'],
    ['not judged in another operation', [judged({ operations: ['GET /zones'] })], 'unjudged'],
    ['not judged with another cause', [judged({ cause: 'is not documented' })], 'unjudged'],
  ] as const)('are %s', (_, judgements, where) => {
    const held = holdAgainst({ known, judgements }, [reportOf('GET /zones/{id} is not documented', 409)]);
    expect(held[where]).toHaveLength(1);
    expect(meetsGoals(held)).toBe(where === 'trueUnits');
  });

  it('miss a known violation that one of two runs did not find', () => {
    const reports = [reportOf('it is not documented', 409), reportOf('it is not documented', 404)];
    const held = holdAgainst({ known, judgements: [judged({})] }, reports);
    expect(held.missed).toEqual(known);
    expect(held.unsteady).toHaveLength(2);
    expect(meetsGoals(held)).toBe(false);
  });
});

it.each(targetServers.map(({ name }) => name))('the list of %s has evidence for each judgement', (name) => {
  const truth = readTruth(name);
  expect(truth.known.length).toBeGreaterThan(10);
  for (const { because, exchange, document, isTrue } of truth.judgements) {
    expect([because, exchange, document].every((text) => text !== '')).toBe(true);
    expect(isTrue).toBeTypeOf('boolean');
  }
});
