import { describe, expect, it } from 'vitest';
import { fromWebResponse, HeaderList, type HttpResponse, noBody, type Target } from '../../src/http/index.ts';
import { contractSuite } from './contract-suite.ts';
import { documentFile } from './document.ts';
import { faults } from './faults/index.ts';
import { createReferenceGround, type ReferenceTrial } from './reference-ground.ts';
import { formatOutcome, meetGoals } from './report.ts';
import { type Outcome, outcomeOf, type Run, runSubject, type Suite, scoresOf } from './runner.ts';
import { variants } from './variants.ts';

/** A suite of one check: the status is public, in JSON, with an address. */
const tiny: Suite = async (document, target) => {
  if (document !== documentFile) throw new Error('another document');
  const response = await getStatus(target);
  const body = Buffer.from(response.body).toString();
  const isKept = response.status === 200 && /"address":"192\.0\.2\.7"/.test(body);
  const finding = { id: 'getStatus/200/address', group: 'exchange', operation: 'getStatus' } as const;
  return { findings: isKept ? [] : [finding], requests: 1 };
};

function getStatus(target: string | Target): Promise<HttpResponse> {
  if (typeof target === 'string') return fetch(`${target}/api/status`).then(fromWebResponse);
  const origin = 'http://room.test';
  return target({ method: 'GET', target: '/api/status', origin, headers: new HeaderList(), body: noBody });
}

/** A fault that the tiny suite finds, one that it finds in another group, and two that it does not. */
const some = faults.filter(({ id }) =>
  [
    'exchange/getStatus/address/format',
    'credentials/getStatus/public',
    'life/deleteNote/all',
    'credentials/getNote/other',
  ].includes(id),
);

interface Trial extends Partial<ReferenceTrial> {
  readonly onRun?: (name: string) => void;
  /** How often each subject is tried. */
  readonly times?: number;
}

/** Runs a suite over everything, in this process. */
async function trial(suite: Suite, { onRun, times = 1, ...more }: Trial = {}): Promise<Outcome> {
  let now = 0;
  const tick = (): number => {
    now += 500;
    return now;
  };
  const few = variants.filter(({ name }) => name === 'empty' || name === 'slash redirects');
  const ground = createReferenceGround({ suite, faults: some, variants: few, seeds: [1, 2], ...more });
  const runs: Run[] = [];
  for (const subject of await ground.subjects()) {
    onRun?.(subject.name);
    for (let time = 0; time < times; time += 1) runs.push(await runSubject(ground, subject, tick));
  }
  return outcomeOf(runs);
}

describe('our own suite', () => {
  it('finds a fault, blames the operation, and says of which group it is', async () => {
    const picked = faults.filter(({ id }) => id === 'rejected/listBooks/query.page_size/maximum');
    const { faults: runs } = await trial(contractSuite, { faults: picked, variants: [], seeds: [] });
    expect(runs.map(({ isFoundInGroup, error }) => error ?? isFoundInGroup)).toEqual([true]);
    expect(runs[0]?.findings.every(({ operation }) => operation === 'listBooks')).toBe(true);
  });
});

describe('a trial', () => {
  it('runs the suite on the clean server and on each variant with each seed, and once on each fault', async () => {
    const runs: string[] = [];
    const seeds: number[] = [];
    const recording: Suite = async (...given) => {
      seeds.push(given[2].seed);
      return tiny(...given);
    };
    await trial(recording, { onRun: (name) => runs.push(name) });
    expect(runs).toEqual([
      'clean, seed 1',
      'empty, seed 1',
      'slash redirects, seed 1',
      'clean, seed 2',
      'empty, seed 2',
      'slash redirects, seed 2',
      ...some.map(({ id }) => id),
    ]);
    expect(seeds).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 1]);
  });

  it('counts a fault as found where its operation is blamed, and says whether in its group', async () => {
    const outcome = await trial(tiny);
    expect(scoresOf(outcome)).toEqual([
      { group: 'exchange', found: 1, foundInGroup: 1, planted: 1 },
      { group: 'life', found: 0, foundInGroup: 0, planted: 1 },
      { group: 'credentials', found: 1, foundInGroup: 0, planted: 2 },
    ]);
    const text = formatOutcome('the ground', outcome);
    expect(text).toContain('missed  life/deleteNote/all: with a note all of them are deleted');
    expect(text).toContain('can be read by somebody else (promised in words only)');
    expect(text).toMatch(/^clean +0 0 +1 +0\.5$/m);
    expect(text).toContain('false alarms: 0 of 6 runs');
    expect(text).toContain('the clean server: at most 1 requests, 0.5 s');
    expect(meetGoals([outcome])).toBe(false);
  });

  it('meets its goals where all is found, nothing more, and soon', async () => {
    const found = await trial(tiny, {
      faults: some.filter(({ expects }) => expects.operations.includes('getStatus')),
    });
    expect(meetGoals([found])).toBe(true);
    const many: Suite = async (...given) => ({ ...(await tiny(...given)), requests: 1500 });
    expect(meetGoals([await trial(many, { faults: [] })])).toBe(false);
  });

  it('takes a finding on a server that keeps the document for a false alarm', async () => {
    const nervous: Suite = async () => ({
      findings: [{ id: 'listBooks/200', group: 'exchange', operation: 'listBooks' }],
      requests: 1,
    });
    const outcome = await trial(nervous, { faults: [] });
    expect(formatOutcome('the ground', outcome)).toContain('false alarms: 6 of 6 runs');
    expect(formatOutcome('the ground', outcome)).toContain('alarm   empty, seed 1: listBooks/200');
    expect(meetGoals([outcome])).toBe(false);
  });

  it('tells of subjects of which two runs decide differently', async () => {
    let count = 0;
    const moody: Suite = async (...given) => {
      count += 1;
      return { ...(await tiny(...given)), verdicts: [`getStatus/200 ${count === 2 ? 'failed' : 'passed'}`] };
    };
    const outcome = await trial(moody, { times: 2, variants: [], faults: [] });
    expect(outcome.unsteady).toEqual(['clean, seed 1']);
    expect(formatOutcome('the ground', outcome)).toContain('unsteady  clean, seed 1');
    expect(meetGoals([outcome])).toBe(false);
  });

  it('goes on where a suite throws, and does not call that a success', async () => {
    const broken: Suite = async () => {
      throw new Error('out of paper');
    };
    const outcome = await trial(broken);
    expect(outcome.faults.map(({ isFound }) => isFound)).toEqual([false, false, false, false]);
    expect(formatOutcome('the ground', outcome)).toContain('alarm   clean, seed 1: Error: out of paper');
    expect(meetGoals([outcome])).toBe(false);
  });

  it('writes faults of the wire as they are', async () => {
    const onWire = faults.filter(({ id }) => id === 'exchange/listBooks/200/content-length/long');
    let failure = '';
    const reading: Suite = async (_document, url) => {
      const headers = { Authorization: 'Bearer adm-7f3a9c51d2e84b06' };
      await (await fetch(`${String(url)}/api/books`, { headers })).text().catch((error: Error) => {
        failure = error.message;
      });
      return { findings: [], requests: 1 };
    };
    await trial(reading, { faults: onWire, variants: [], seeds: [1] });
    expect(failure).toBe('terminated');
  });
});
