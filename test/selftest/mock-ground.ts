import {
  type ContractFinding,
  destinationOf,
  type Report,
  type RunEvent,
  runContract,
} from '../../src/contract/index.ts';
import { type ApiDocument, loadDocument } from '../../src/document/index.ts';
import type { Exchange, HttpRequest, Target } from '../../src/http/index.ts';
import { createMock } from '../../src/mock/index.ts';
import { breachesOf, type PlannedBreach } from './breach/breaches-of.ts';
import { breakPromise, doesShow } from './breach/break-promise.ts';
import { junkFor } from './breach/junk-requests.ts';
import { createMatcher } from './breach/scope.ts';
import { groupOf, suiteReport } from './contract-suite.ts';
import type { Ground, Subject, SuiteFinding, SuiteReport } from './runner.ts';

/** A document whose mock is tried. */
export interface MockTrial {
  readonly name: string;
  readonly file: string;
  /** The mock as it is, is tried with each of them; faults with the first. */
  readonly seeds: readonly number[];
}

/**
 * Our own mock of a document, as it is, and with one promise broken at a time by a wrapper that knows nothing of it. Left out
 * is what none of the mock's answers has occasion to show: an item of a list that is empty, a refusal where nothing is refused.
 */
export function createMockGround({ name, file, seeds }: MockTrial): Ground {
  let made: Promise<House> | undefined;
  const house = (): Promise<House> => {
    made ??= buildHouse(file);
    return made;
  };
  return {
    name: `the mock of ${name}`,
    async subjects() {
      const clean = seeds.map((seed): Subject => ({ name: `unbroken, seed ${seed}`, kind: 'clean', seed }));
      const shown = await breachesThatShow(await house(), seeds[0] ?? 1);
      return [...clean, ...shown.map((one) => subjectOf(one, seeds[0] ?? 1))];
    },
    async try({ name: subject, seed, planted }) {
      const { send, breaches, verify, usual } = await house();
      if (planted === undefined) return withFindings(await verify(await send(), seed), isAlarm);
      const planned = breaches.find(({ id }) => id === subject);
      if (planned === undefined) throw new Error('there is no such breach');
      const report = await verify(breakPromise(await send(), planned.scope, planned.breach), seed);
      const known = await usual(seed);
      return withFindings(report, (one) => !known.has(toldOf(one)));
    },
  };
}

function subjectOf({ id, group, operation }: PlannedBreach, seed: number): Subject {
  const planted = { id, group, title: id, operations: [operation] };
  return { name: id, kind: 'fault', seed, planted };
}

interface House {
  readonly document: ApiDocument;
  readonly breaches: readonly PlannedBreach[];
  /** A mock of its own, as a target. */
  readonly send: () => Promise<Target>;
  readonly verify: (target: Target, seed: number, onEvent?: (event: RunEvent) => void) => Promise<Report>;
  /** What is found of the mock as it is. */
  readonly usual: (seed: number) => Promise<ReadonlySet<string>>;
}

async function buildHouse(file: string): Promise<House> {
  const document = await loadDocument(file);
  const names = document.operations.flatMap(({ security }) => security.flatMap((one) => [...one.keys()]));
  const auth = Object.fromEntries([...new Set(names)].map((name) => [name, 'apidouble:secret-token-1234']));
  const without = ['lifecycle', 'paging', 'filters', 'concurrency'] as const;
  const send = async (): Promise<Target> => {
    const mock = await createMock({ document, seed: 'mock', source: 'dynamic', credentials: auth });
    return mock.send;
  };
  const verify: House['verify'] = (target, seed, onEvent = () => {}) =>
    runContract({ document, target, seed, writes: true, auth, without, onEvent });
  const known = new Map<number, Promise<ReadonlySet<string>>>();
  const findUsual = async (seed: number): Promise<ReadonlySet<string>> =>
    new Set((await verify(await send(), seed)).findings.map(toldOf));
  const usual = (seed: number): Promise<ReadonlySet<string>> => {
    const told = known.get(seed) ?? findUsual(seed);
    known.set(seed, told);
    return told;
  };
  const { basePath } = destinationOf({ target: await send() }, document);
  return { document, breaches: breachesOf(document, basePath), send, verify, usual };
}

/** Where a document does not list how a request is refused, whoever refuses it answers what is not listed. */
function isAlarm({ check, grade }: ContractFinding): boolean {
  return check !== 'exchange.status' || grade === 'must';
}

function toldOf({ check, operation, message }: ContractFinding): string {
  return `${operation.method} ${operation.path} ${check} ${message}`;
}

/** The report with the findings that count, each for every operation that it showed in. */
function withFindings(report: Report, counts: (finding: ContractFinding) => boolean): SuiteReport {
  const findings: SuiteFinding[] = [];
  const obligations = new Map(report.results.map(({ obligation }) => [obligation.id, obligation]));
  for (const { id, ...finding } of report.findings) {
    if (!counts({ id, ...finding })) continue;
    const own = id.replace(/#\d+$/, '');
    const others = report.results.flatMap(({ obligation, verdict }) =>
      verdict.kind === 'failed' && verdict.finding === id ? [obligation.id] : [],
    );
    for (const name of new Set([own, ...others])) {
      const obligation = obligations.get(name);
      if (obligation === undefined) continue;
      const operation = obligation.operation.operationId ?? obligation.operation.key;
      findings.push({ id: name, group: groupOf(obligation), operation });
    }
  }
  return { ...suiteReport(report), findings };
}

/** The breaches that a good request, or one of plain junk, can show. */
async function breachesThatShow(house: House, seed: number): Promise<PlannedBreach[]> {
  const exchanges: Exchange[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'exchange') exchanges.push(event.exchange);
  };
  const target = await house.send();
  await house.verify(target, seed, onEvent);
  const shown: PlannedBreach[] = [];
  for (const one of house.breaches) {
    if (await canShow(one, { exchanges, target, document: house.document })) shown.push(one);
  }
  return shown;
}

interface Seen {
  readonly exchanges: readonly Exchange[];
  readonly target: Target;
  readonly document: ApiDocument;
}

/** An operation that never gave a good answer counts: that nothing is found there is the suite's own fault. */
async function canShow({ scope, breach, operation }: PlannedBreach, seen: Seen): Promise<boolean> {
  const matcher = createMatcher(scope);
  const good = seen.exchanges.filter(
    ({ request, response }) => matcher.operation(request) && response.status < 300,
  );
  if (good.length === 0) return true;
  if (breach.kind !== 'swallow') return good.some((exchange) => doesShow(exchange, scope, breach));
  if (breach.statuses.includes(401)) return true;
  const plan = seen.document.operations.find(({ key }) => key === operation);
  const [first] = good;
  if (plan === undefined || first === undefined) return true;
  return isRefused(junkFor(plan, first.request), breach.statuses, seen.target);
}

async function isRefused(
  requests: readonly HttpRequest[],
  statuses: readonly number[],
  target: Target,
): Promise<boolean> {
  for (const request of requests) {
    const { status } = await target(request);
    if (statuses.includes(status)) return true;
  }
  return false;
}
