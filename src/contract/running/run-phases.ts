import { runLife } from '../journeys/run-journeys.ts';
import { runLists } from '../journeys/run-lists.ts';
import type { Capability } from '../options.ts';
import { allDuties, type Duty, type OperationDuties } from '../planning/duty.ts';
import type { RunEvent } from '../report.ts';
import { maySend } from './bases.ts';
import { probeBodiless } from './bodiless.ts';
import { probeBodies, probeTwice, probeUnknown, probeUnreached } from './probes.ts';
import { whyNotMake } from './removal.ts';
import type { Run } from './run.ts';
import { runAccepted } from './run-accepted.ts';
import { settleBasics, tryLeast, tryMost } from './run-basics.ts';
import { runCombinations } from './run-combinations.ts';
import { runCredentials } from './run-credentials.ts';
import { runMessages } from './run-messages.ts';
import { runNegotiations } from './run-negotiations.ts';
import { runRejected } from './run-rejected.ts';

type Work = (run: Run, duties: OperationDuties) => Promise<void>;

interface Phase {
  readonly duties: (of: OperationDuties) => readonly Duty[];
  readonly work: Work;
  /** Where the run has a budget, operations take turns at a few of these each. */
  readonly turns?: 'messages' | 'credentials' | 'negotiations' | 'rejected';
}

/** In the order of weight: what a budget cuts is at the end. Each phase goes through all operations. */
const phases: readonly Phase[] = [
  { duties: basicDuties, work: tryLeast },
  { duties: exchangeDuties, work: probeUnreached },
  { duties: basicDuties, work: tryMost },
  { duties: basicDuties, work: settleBasics },
  { duties: exchangeDuties, work: probeUnknown },
  { duties: exchangeDuties, work: probeTwice },
  { duties: exchangeDuties, work: probeBodies },
  { duties: ({ messages }) => messages, work: runMessages, turns: 'messages' },
  { duties: ({ credentials }) => credentials, work: runCredentials, turns: 'credentials' },
  { duties: ({ journeys, operation }) => (operation.method === 'POST' ? journeys : []), work: runLife },
  { duties: ({ journeys, operation }) => (operation.method === 'GET' ? journeys : []), work: runLists },
  { duties: exchangeDuties, work: probeBodiless },
  { duties: ({ negotiations }) => negotiations, work: runNegotiations, turns: 'negotiations' },
  { duties: ({ rejected }) => rejected, work: runRejected, turns: 'rejected' },
  { duties: ({ accepted }) => accepted, work: runAccepted },
  { duties: ({ combinations }) => combinations, work: runCombinations },
];

function exchangeDuties({ exchange }: OperationDuties): readonly Duty[] {
  return [...exchange.values()];
}

function basicDuties({ basics, exchange }: OperationDuties): readonly Duty[] {
  return [...basics, ...exchange.values()];
}

/** What happens around the phases. */
export interface PhaseEvents {
  readonly emit: (event: RunEvent) => void;
  /** Puts the server back to where it was; what the run made is gone then. */
  readonly reset: (() => Promise<void>) | undefined;
}

/** Works off every operation, phase by phase. What is not tried has no verdict. */
export async function runPhases(
  run: Run,
  operations: readonly OperationDuties[],
  { emit, reset }: PhaseEvents,
): Promise<void> {
  for (const duties of operations) skipIncapable(run, duties);
  const able = operations.filter((duties) => isAble(run, duties));
  const count = able.length * phases.length;
  let index = 0;
  for (const phase of phases) {
    const { duties } = phase;
    if (reset !== undefined && !run.session.isSpent && able.some((one) => duties(one).length > 0)) {
      await reset();
      run.things.forget();
      run.linked.forget();
    }
    for (const { one, isFirst, part } of turnsOf(run, phase, able)) {
      if (isFirst) {
        emit({ kind: 'operation', operation: one.reference, index, count });
        index += 1;
      }
      if (run.session.isSpent || duties(part).length === 0) continue;
      await phase.work(run, openDuties(run, part));
    }
  }
}

interface Turn {
  readonly one: OperationDuties;
  readonly isFirst: boolean;
  /** What of it is worked off now. */
  readonly part: OperationDuties;
}

const dutiesATurn = 4;

/** Every operation with all its duties; or, where there may not be time for all, a few of each before more of any. */
function* turnsOf(run: Run, { turns }: Phase, able: readonly OperationDuties[]): Generator<Turn> {
  const { requests, seconds } = run.options.budget ?? {};
  if (turns === undefined || (requests ?? seconds) === undefined) {
    for (const one of able) yield { one, isFirst: true, part: one };
    return;
  }
  const most = Math.max(1, ...able.map((one) => one[turns].length));
  for (let from = 0; from < most; from += dutiesATurn) {
    for (const one of able) {
      const part = { ...one, [turns]: one[turns].slice(from, from + dutiesATurn) };
      yield { one, isFirst: from === 0, part };
    }
  }
}

/** The duties that have no verdict yet. */
function openDuties(run: Run, duties: OperationDuties): OperationDuties {
  const isOpen = (duty: Duty): boolean => run.ledger.verdict(duty) === undefined;
  return {
    ...duties,
    accepted: duties.accepted.filter(isOpen),
    rejected: duties.rejected.filter(isOpen),
    messages: duties.messages.filter(isOpen),
    credentials: duties.credentials.filter(isOpen),
    negotiations: duties.negotiations.filter(isOpen),
    combinations: duties.combinations.filter(isOpen),
    journeys: duties.journeys.filter(isOpen),
  };
}

/** What the target cannot do is skipped by name; what has a verdict is not tried. */
function skipIncapable(run: Run, duties: OperationDuties): void {
  for (const duty of allDuties(duties)) {
    const missing = run.options.without?.find((one) => needs(duty, one));
    if (missing !== undefined) run.ledger.skip(duty, `the target is without ${missing}`);
  }
}

function needs({ obligation: { group, check } }: Duty, capability: Capability): boolean {
  switch (capability) {
    case 'credentials':
    case 'concurrency':
      return group === capability;
    case 'paging':
      return check.startsWith('list.paging');
    case 'filters':
      return /^list\.(?:filter|order|search)/.test(check);
    case 'lifecycle':
      return group === 'lifecycle'
        ? !check.startsWith('list.')
        : check === 'rejected.unknown' || check === 'credentials.private';
    default:
      return capability satisfies never;
  }
}

/** Without writes, operations that change something are skipped as a whole; an operation that cannot be compiled is told of. */
function isAble(run: Run, duties: OperationDuties): boolean {
  const skip = (reason: string): false => {
    for (const duty of allDuties(duties)) run.ledger.skip(duty, reason);
    return false;
  };
  if (!maySend(run, duties.operation)) return skip('writes are off');
  try {
    run.api.compile(duties.operation);
    const obstacle = whyNotMake(run, duties.operation);
    return obstacle === undefined || skip(obstacle);
  } catch (error) {
    return skip(error instanceof Error ? error.message : String(error));
  }
}
