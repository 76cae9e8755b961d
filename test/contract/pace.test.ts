import { describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/index.ts';
import { stopwatch } from '../../src/core/index.ts';
import type { HttpResponse, Target } from '../../src/http/index.ts';
import { answer, notesDocument, notesServer } from './notes.ts';

const base = { document: notesDocument(), auth: { token: 'right' }, writes: true, seed: 1 } as const;

/** Answers now and then as it is told, and writes down when each request came. */
function busy(
  isRefused: (count: number) => boolean,
  refuse: () => HttpResponse,
): { target: Target; times: number[]; refusedAt: number[] } {
  const server = notesServer();
  const times: number[] = [];
  const refusedAt: number[] = [];
  const target: Target = async (request) => {
    times.push(stopwatch());
    if (!isRefused(times.length)) return server.target(request);
    refusedAt.push(stopwatch());
    return refuse();
  };
  return { target, times, refusedAt };
}

describe('a server that asks for a pause', () => {
  it.each([
    ['429 with seconds', () => answer(429, undefined, { 'Retry-After': '1' })],
    [
      '503 with a date',
      () => answer(503, undefined, { 'Retry-After': new Date(Date.now() + 2000).toUTCString() }),
    ],
  ])('gets it, from all requests at once, and no finding: %s', async (_, refuse) => {
    const { target, times, refusedAt } = busy((count) => count === 12, refuse);
    const report = await runContract({ ...base, target, include: ['listNotes', 'createNote'] });
    const [at = 0] = refusedAt;
    const inPause = times.filter((time) => time > at + 60 && time < at + 800);
    expect(refusedAt.length).toBeGreaterThan(0);
    expect(inPause).toEqual([]);
    expect(report.findings.filter(({ response }) => response.status !== 503)).toEqual([]);
  });

  it('without a word gets longer and longer ones', async () => {
    const { target, refusedAt } = busy(
      (count) => count % 3 === 0,
      () => answer(429),
    );
    const report = await runContract({ ...base, target, include: ['listNotes'] });
    expect(refusedAt.length).toBeGreaterThan(3);
    expect(report.findings).toEqual([]);
    expect(report.obligations.inconclusive).toBe(0);
  });

  it('is not waited for beyond the time that a run has', async () => {
    const { target } = busy(
      () => true,
      () => answer(429, undefined, { 'Retry-After': '600' }),
    );
    const report = await runContract({ ...base, target, budget: { seconds: 1 } });
    const basics = report.results.filter(({ obligation }) => obligation.check.startsWith('accepted.'));
    expect(basics.every(({ verdict }) => verdict.kind === 'inconclusive')).toBe(true);
    expect(report.seconds).toBeLessThan(60);
  });
});

describe('a rate', () => {
  it('is kept over all requests', async () => {
    const { target, times } = busy(
      () => false,
      () => answer(500),
    );
    await runContract({ ...base, target, rate: 100, budget: { requests: 30 } });
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    expect(times.length).toBeGreaterThanOrEqual(30);
    expect(last - first).toBeGreaterThanOrEqual((times.length - 1) * 10 - 25);
  });
});

describe('a budget', () => {
  it('is spent on what matters most, and the report says what was cut', async () => {
    const whole = await runContract({ ...base, target: notesServer().target });
    const cut = await runContract({ ...base, target: notesServer().target, budget: { requests: 60 } });
    const tried = (report: typeof whole, wanted: (id: string) => boolean) =>
      report.results.filter(
        ({ obligation, verdict }) =>
          wanted(obligation.id) && (verdict.kind === 'passed' || verdict.kind === 'failed'),
      ).length;
    const isBasic = (id: string) => /accepted\/(?:required|everything)$/.test(id);
    const isEdge = (id: string) => /body\.[a-z]+\/.*accepted$/i.test(id);
    expect(tried(cut, isBasic)).toBe(tried(whole, isBasic));
    expect(tried(cut, isEdge)).toBeLessThan(tried(whole, isEdge));
    expect(cut.notes.join('\n')).toMatch(/The budget of 60 requests was spent\. Not tried: \d+ /);
    expect(whole.notes.join('\n')).not.toContain('budget');
  });

  /** Eight lists, each with a parameter that has much to break. */
  const wide = {
    openapi: '3.1.0',
    info: { title: 'Wide', version: '1' },
    paths: Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => [
        `/${name}`,
        {
          get: {
            parameters: ['size', 'width', 'depth'].map((parameter) => ({
              name: parameter,
              in: 'query',
              schema: { type: 'integer', minimum: 1, maximum: 9, multipleOf: 2 },
            })),
            responses: { 200: { description: 'Things.' }, 400: { description: 'No.' } },
          },
        },
      ]),
    ),
  };
  const keysOf = (
    { results }: Awaited<ReturnType<typeof runContract>>,
    group: string,
  ): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const { obligation, verdict } of results) {
      if (obligation.group !== group || (verdict.kind !== 'passed' && verdict.kind !== 'failed')) continue;
      counts.set(obligation.operation.key, (counts.get(obligation.operation.key) ?? 0) + 1);
    }
    return counts;
  };
  const taking: Target = async () => answer(200);

  it('reaches every operation once before it reaches any twice, and sends no more than it has', async () => {
    const report = await runContract({ document: wide, target: taking, seed: 1, budget: { requests: 8 } });
    expect(report.requests).toBe(8);
    expect([...keysOf(report, 'accepted').values()]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('lets operations take turns where it does not last for all that they have to refuse', async () => {
    const report = await runContract({ document: wide, target: taking, seed: 1, budget: { requests: 90 } });
    const counts = [...keysOf(report, 'rejected').values()];
    expect(counts).toHaveLength(8);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(4);
  });
});
