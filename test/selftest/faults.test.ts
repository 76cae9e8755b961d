import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/http/index.ts';
import { createClient } from './client.ts';
import { groups, operationOf, plantFault } from './faults/fault.ts';
import { inWords } from './faults/in-words.ts';
import { faults } from './faults/index.ts';
import { createKeeper } from './keeps-document.ts';
import { createReferenceServer } from './server/serve.ts';

const broken = createKeeper();

describe('a fault', () => {
  it.each(faults)('$id shows', async (fault) => {
    const exchanges: Exchange[] = [];
    const clean = await fault.probe(
      createClient(createReferenceServer().target, (one) => exchanges.push(one)),
    );
    const faulty = await fault.probe(createClient(plantFault(fault)));
    expect({ clean, faulty }).toEqual({ clean: fault.clean, faulty: fault.faulty });
    expect(faulty).not.toEqual(clean);
    expect(exchanges.flatMap(broken)).toEqual([]);
  });

  it('has an id of its own', () => {
    expect(faults.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index)).toEqual([]);
  });

  it('blames operations of the document', () => {
    for (const { expects } of faults) {
      expect(expects.operations.length).toBeGreaterThan(0);
      for (const id of expects.operations) expect(operationOf(id).id).toBe(id);
    }
  });
});

describe('the faults', () => {
  it('have among them all those that are told apart', () => {
    const ids = new Set(faults.map(({ id }) => id));
    expect([...inWords].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('are at least 120, some of every group', () => {
    expect(faults.length).toBeGreaterThanOrEqual(120);
    for (const group of groups) {
      expect(faults.filter((one) => one.group === group).length, group).toBeGreaterThanOrEqual(8);
    }
  });

  it('are planted half by the wrapper that works for any target', () => {
    const wrapped = faults.filter(({ plant }) => plant.by === 'wrapper').length;
    expect(wrapped / faults.length).toBeGreaterThanOrEqual(0.5);
  });
});
