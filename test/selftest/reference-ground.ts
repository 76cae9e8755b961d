import type { Target } from '../../src/http/index.ts';
import { listen } from '../../src/server/index.ts';
import { documentFile } from './document.ts';
import { type Fault, plantFault } from './faults/fault.ts';
import { inWords } from './faults/in-words.ts';
import { listenVerbatim } from './listen-verbatim.ts';
import type { Ground, Subject, Suite, SuiteReport } from './runner.ts';
import { createReferenceServer } from './server/serve.ts';
import type { Variant } from './variants.ts';

/** What is tried on the reference server, and how. */
export interface ReferenceTrial {
  readonly suite: Suite;
  readonly faults: readonly Fault[];
  readonly variants: readonly Variant[];
  /** The clean server and each variant are tried with each of them; faults with the first. */
  readonly seeds: readonly number[];
}

/**
 * The reference server, clean, varied, and with each fault; every run has one of its own. Those without a fault listen on a port, and so
 * do those with a fault of the wire; the others are asked in the same process, where nothing differs but the time that it takes.
 */
export function createReferenceGround({ suite, faults, variants, seeds }: ReferenceTrial): Ground {
  const subjects: Subject[] = [];
  const targets = new Map<string, Planting>();
  const add = (subject: Subject, planting: Planting): void => {
    subjects.push(subject);
    targets.set(subject.name, planting);
  };
  for (const seed of seeds) {
    const clean = (): Target => createReferenceServer().target;
    add({ name: `clean, seed ${seed}`, kind: 'clean', seed }, { create: clean, by: 'port' });
    for (const { name, create, isSlow = false } of variants) {
      add({ name: `${name}, seed ${seed}`, kind: 'variant', seed, isSlow }, { create, by: 'port' });
    }
  }
  for (const fault of faults) {
    const { id, group, title, expects, onWire = false } = fault;
    const note = inWords.has(id) ? { note: 'promised in words only' } : {};
    const planted = { id, group, title, operations: expects.operations, ...note };
    const create = (): Target => plantFault(fault);
    const by = onWire ? 'verbatim' : 'call';
    add({ name: id, kind: 'fault', seed: seeds[0] ?? 1, planted }, { create, by });
  }
  return {
    name: 'the reference server',
    subjects: async () => subjects,
    try: ({ name, seed }) => tryOn(suite, { planting: targets.get(name), seed }),
  };
}

interface Planting {
  readonly create: () => Target;
  /** How it is reached: on a port, on a port that writes wrong answers as they are, or by a call. */
  readonly by: 'port' | 'verbatim' | 'call';
}

async function tryOn(
  suite: Suite,
  { planting, seed }: { planting: Planting | undefined; seed: number },
): Promise<SuiteReport> {
  if (planting === undefined) throw new Error('there is no such subject');
  const target = planting.create();
  if (planting.by === 'call') return suite(documentFile, target, { seed });
  const server = await (planting.by === 'verbatim'
    ? listenVerbatim(target)
    : listen(target, { cors: false }));
  try {
    return await suite(documentFile, server.url, { seed });
  } finally {
    await server.close();
  }
}
