import type { ContractOptions, RunEvent } from '../../src/contract/index.ts';
import { type ApiDocument, loadDocument } from '../../src/document/index.ts';
import type { Exchange, HttpRequest, Target } from '../../src/http/index.ts';
import { createMock } from '../../src/mock/index.ts';
import { breachesOf, type PlannedBreach } from './breach/breaches-of.ts';
import { breakPromise, doesShow } from './breach/break-promise.ts';
import { junkFor } from './breach/junk-requests.ts';
import { createMatcher } from './breach/scope.ts';
import { mockSuite } from './contract-suite.ts';
import type { Ground, Subject, SuiteReport } from './runner.ts';

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
      const { send, breaches, suite } = await house();
      if (planted === undefined) return suite(await send(), seed);
      const planned = breaches.find(({ id }) => id === subject);
      if (planned === undefined) throw new Error('there is no such breach');
      return suite(breakPromise(await send(), planned.scope, planned.breach), seed);
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
  readonly suite: (target: Target, seed: number, more?: Partial<ContractOptions>) => Promise<SuiteReport>;
}

async function buildHouse(file: string): Promise<House> {
  const document = await loadDocument(file);
  const names = document.operations.flatMap(({ security }) => security.flatMap((one) => [...one.keys()]));
  const auth = Object.fromEntries([...new Set(names)].map((name) => [name, 'apidouble:secret-token-1234']));
  return {
    document,
    breaches: breachesOf(document),
    async send() {
      const mock = await createMock({ document, seed: 'mock', source: 'dynamic', credentials: auth });
      return mock.send;
    },
    suite: (target, seed, more) => mockSuite(auth, more)(file, target, { seed }),
  };
}

/** The breaches that a good request, or one of plain junk, can show. */
async function breachesThatShow(house: House, seed: number): Promise<PlannedBreach[]> {
  const exchanges: Exchange[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'exchange') exchanges.push(event.exchange);
  };
  const target = await house.send();
  await house.suite(target, seed, { onEvent });
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
