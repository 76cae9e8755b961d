import { describe, expect, it } from 'vitest';
import { type ContractOptions, type RunContext, runContract } from '../../src/contract/index.ts';
import { serveRaw } from './hostile/raw-server.ts';
import { notesDocument, notesServer } from './notes.ts';

const base = { document: notesDocument(), auth: { token: 'right' }, writes: true, seed: 1 } as const;

describe('a hook', () => {
  it('prepares a run, sees each request and answer, and puts the server back', async () => {
    const server = notesServer(({ headers }) => headers.get('authorization') === 'Bearer made');
    const calls: string[] = [];
    const report = await runContract({
      ...base,
      auth: {},
      target: server.target,
      hooks: {
        async setup({ send, seed, note }) {
          const { status } = await send({ path: '/notes', headers: { Authorization: 'Bearer made' } });
          note(`set up with ${seed}: ${status}`);
          return { auth: { token: 'made' } };
        },
        reset() {
          calls.push('reset');
          server.notes.clear();
        },
        beforeRequest: (request) => ({ ...request, headers: request.headers.with('X-Run', 'mine') }),
        afterResponse: (_, { operation }) => void calls.push(operation?.operationId ?? '-'),
      },
    });
    expect(report.findings).toEqual([]);
    expect(report.notes).toContain('set up with 1: 200');
    expect(server.notes.size).toBe(0);
    expect(calls.filter((one) => one === 'reset').length).toBeGreaterThan(3);
    expect(new Set(calls)).toContain('createNote');
    const [setUp, ...others] = server.seen;
    expect(setUp?.headers.has('x-run')).toBe(false);
    expect(others.every(({ headers }) => headers.get('x-run') === 'mine')).toBe(true);
  });

  it.each(['setup', 'reset', 'beforeRequest', 'afterResponse'] as const)(
    'that throws ends the run with its name and words: %s',
    async (name) => {
      const server = notesServer();
      let calls = 0;
      const hooks = {
        [name]: () => {
          calls += 1;
          if (calls > (name === 'setup' || name === 'reset' ? 0 : 6)) throw new Error('not today');
        },
      };
      const running = runContract({ ...base, target: server.target, hooks });
      await expect(running).rejects.toMatchObject({ code: 'ERR_HOOK' });
      await expect(running).rejects.toThrow(
        new RegExp(`hook "${name}": it threw "not today" \\(.*users-own`),
      );
      expect([...server.notes.values()], 'what was made is removed').toEqual([]);
    },
  );
});

it('a hook that asks a server that is not there is not told to be wrong', async () => {
  const server = await serveRaw(() => undefined);
  await server.close();
  const setup = async ({ send }: RunContext): Promise<void> =>
    void (await send({ path: '/seed', method: 'POST' }));
  const running = runContract({ ...base, target: server.origin, hooks: { setup } });
  await expect(running).rejects.toMatchObject({
    code: 'ERR_TARGET',
    message: expect.stringContaining('nothing listens there') as string,
  });
});

describe("a check of the user's own", () => {
  const check = (checks: ContractOptions['checks'], more: Partial<ContractOptions> = {}) =>
    runContract({
      ...base,
      ...more,
      target: notesServer().target,
      ...(checks === undefined ? {} : { checks }),
    });

  it('is an obligation of each operation that it is for', async () => {
    const report = await check({
      named: { title: 'answers are JSON', check: ({ response }) => response.status !== 500 },
      listed: { title: 'lists are there', operations: ['listNotes'], check: async () => undefined },
    });
    const own = report.results.filter(({ obligation }) => obligation.check.startsWith('own.'));
    expect(own.map(({ obligation, verdict }) => [obligation.id, verdict.kind])).toEqual([
      ['listNotes/own/named', 'passed'],
      ['listNotes/own/listed', 'passed'],
      ['createNote/own/named', 'passed'],
      ['getNote/own/named', 'passed'],
      ['deleteNote/own/named', 'passed'],
    ]);
  });

  it('makes a finding of its grade, which is sent again before it is told', async () => {
    const report = await check({
      'request-id': {
        title: 'every answer has a request id',
        grade: 'should',
        operations: ['GET *'],
        check: ({ response }) =>
          response.headers.has('x-request-id')
            ? undefined
            : { message: 'There is no X-Request-Id.', expected: 'X-Request-Id', seen: 'none' },
      },
    });
    expect(report.findings).toMatchObject([
      { id: 'listNotes/own/request-id', grade: 'should', labels: ['deterministic'], seen: 'none' },
      { id: 'getNote/own/request-id', message: 'There is no X-Request-Id.' },
    ]);
  });

  it('that throws is told as such, and decides nothing', async () => {
    const report = await check({
      broken: {
        title: 'nobody knows',
        operations: ['listNotes'],
        check() {
          throw new TypeError('of undefined');
        },
      },
    });
    const verdict = report.results.find(
      ({ obligation }) => obligation.id === 'listNotes/own/broken',
    )?.verdict;
    expect(verdict).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringMatching(/^the check broken threw "of undefined" \(.*users-own/),
    });
    expect(report.findings).toEqual([]);
    expect(report.notes.filter((note) => note.startsWith('The check broken threw'))).toHaveLength(1);
  });
});

describe('grades', () => {
  it.each([
    ['the check alone', { 'own.*': 'may' }, 'may'],
    ['the check of some operations', { 'list* own.*': 'may' }, 'may'],
    ['the check of other operations', { 'create* own.*': 'may' }, 'must'],
    ['of several the last', { 'own.*': 'may', 'listNotes own.no': 'should' }, 'should'],
  ] as const)('are given by %s', async (_, grades, grade) => {
    const checks = { no: { title: 'never', operations: ['listNotes'], check: () => false } };
    const report = await runContract({ ...base, target: notesServer().target, grades, checks });
    expect(report.findings.map((one) => one.grade)).toEqual([grade]);
  });

  it('win over what a finding thinks of itself', async () => {
    const server = notesServer();
    const target: typeof server.target = async (request) => {
      const response = await server.target(request);
      return response.status === 404 ? { ...response, status: 410 } : response;
    };
    const gradeFor = async (grades: ContractOptions['grades'] = {}) => {
      const report = await runContract({ ...base, target, grades });
      return report.findings.find(({ id }) => id === 'getNote/exchange/status#410')?.grade;
    };
    expect(await gradeFor()).toBe('should');
    expect(await gradeFor({ 'exchange.status': 'must' })).toBe('must');
  });
});
