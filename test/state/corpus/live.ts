import { createMock, type Report, runContract } from '../../../src/index.ts';

/** The checks that are about what becomes of things. */
const lifeChecks = ['lifecycle.*', 'list.*', 'concurrency.*'];

/** Verifies the stateful mock of a document, in process. */
export async function live(file: string, seed: string): Promise<Report> {
  const mock = await createMock({ document: file, stateful: true, source: 'dynamic', seed, journal: 0 });
  try {
    return await runContract({
      document: mock.document,
      target: mock.send,
      writes: true,
      seed,
      include: lifeChecks,
      auth: Object.fromEntries(
        [...mock.document.securitySchemes.keys()].map((name) => [name, 'user:password']),
      ),
      // Requests decide, not the clock: a busy machine must find the same.
      budget: { requests: 6000, seconds: 240 },
    });
  } finally {
    await mock.close();
  }
}
