import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitStatus, type Report, runContract } from '../../src/contract/index.ts';
import type { Target } from '../../src/http/index.ts';
import { plantFault } from '../selftest/faults/fault.ts';
import { faults } from '../selftest/faults/index.ts';
import { credentials } from '../selftest/server/credentials.ts';
import { createReferenceServer } from '../selftest/server/serve.ts';

function verify(target: Target): Promise<Report> {
  return runContract({
    document: resolve(import.meta.dirname, '../../fixtures/selftest/openapi.yaml'),
    target,
    seed: 1,
    writes: true,
    auth: { token: credentials.admin, key: credentials.key },
    roles: ['admin'],
    second: { auth: { token: credentials.reader }, roles: [] },
  });
}

describe('the reference server', () => {
  it('has no finding, and nothing of it is inconclusive', async () => {
    const report = await verify(createReferenceServer().target);
    expect(report.findings.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(report.obligations.inconclusive).toBe(0);
    expect(exitStatus(report)).toBe(0);
    expect(report.requests).toBeLessThan(1500);
  });

  it.each([
    'a deleted book is still there',
    'a book between two pages is in neither',
    'a token in capitals is good to replace a book',
    'no book can be replaced',
  ])('is found out where %s', async (title) => {
    const fault = faults.find((one) => one.title === title);
    if (fault === undefined) throw new Error(`There is no fault "${title}".`);
    const { results } = await verify(plantFault(fault));
    const blamed = results.filter(({ verdict }) => verdict.kind === 'failed');
    const operations = blamed.map(({ obligation }) => obligation.operation.operationId);
    expect(operations.some((one) => one !== undefined && fault.expects.operations.includes(one))).toBe(true);
  });

  it.each([
    ['a deleted book is still there', 'deleteBook/lifecycle/gone', /^POST DELETE (?:DELETE )?GET$/],
    ['a PUT changes another book too', 'replaceBook/lifecycle/neighbour', /^POST POST GET PUT GET$/],
  ])('is told with all the steps that it takes to see that %s', async (title, id, wanted) => {
    const fault = faults.find((one) => one.title === title);
    if (fault === undefined) throw new Error(`There is no fault "${title}".`);
    const { findings } = await verify(plantFault(fault));
    const { steps = [], request } = findings.find((one) => one.id === id) ?? {};
    expect(steps.map((step) => step.request.method).join(' ')).toMatch(wanted);
    expect(steps.at(-1)?.request).toEqual(request);
    expect(steps.map((step) => step.request.curl).join()).toContain('[redacted]');
  });
});
