import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import { plantFault } from './faults/fault.ts';
import { faults } from './faults/index.ts';
import { createReferenceServer } from './server/serve.ts';

describe('a fault', () => {
  it.each(faults)('$id shows', async (fault) => {
    const clean = await fault.probe(createClient(createReferenceServer().target));
    const faulty = await fault.probe(createClient(plantFault(fault)));
    expect({ clean, faulty }).toEqual({ clean: fault.clean, faulty: fault.faulty });
    expect(faulty).not.toEqual(clean);
  });
});
