import { runLife } from '../journeys/run-journeys.ts';
import { runLists } from '../journeys/run-lists.ts';
import type { Capability } from '../options.ts';
import { allDuties, type Duty, type OperationDuties } from '../planning/duty.ts';
import type { RunEvent } from '../report.ts';
import { maySend } from './bases.ts';
import { probeBodies, probeTwice, probeUnknown } from './probes.ts';
import { whyNotMake } from './removal.ts';
import type { Run } from './run.ts';
import { runAccepted } from './run-accepted.ts';
import { runBasics } from './run-basics.ts';
import { runCombinations } from './run-combinations.ts';
import { runCredentials } from './run-credentials.ts';
import { runMessages } from './run-messages.ts';
import { runNegotiations } from './run-negotiations.ts';
import { runRejected } from './run-rejected.ts';

type Work = (run: Run, duties: OperationDuties) => Promise<void>;

/** In the order of weight: what a budget cuts is at the end. Each phase goes through all operations. */
const phases: readonly { readonly duties: (of: OperationDuties) => readonly Duty[]; readonly work: Work }[] =
  [
    { duties: ({ basics, exchange }) => [...basics, ...exchange.values()], work: runBasics },
    { duties: ({ exchange }) => [...exchange.values()], work: probeUnknown },
    { duties: ({ exchange }) => [...exchange.values()], work: probeTwice },
    { duties: ({ exchange }) => [...exchange.values()], work: probeBodies },
    { duties: ({ messages }) => messages, work: runMessages },
    { duties: ({ credentials }) => credentials, work: runCredentials },
    { duties: ({ journeys, operation }) => (operation.method === 'POST' ? journeys : []), work: runLife },
    { duties: ({ journeys, operation }) => (operation.method === 'GET' ? journeys : []), work: runLists },
    { duties: ({ negotiations }) => negotiations, work: runNegotiations },
    { duties: ({ rejected }) => rejected, work: runRejected },
    { duties: ({ accepted }) => accepted, work: runAccepted },
    { duties: ({ combinations }) => combinations, work: runCombinations },
  ];

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
  for (const { duties, work } of phases) {
    if (reset !== undefined && !run.session.isSpent && able.some((one) => duties(one).length > 0)) {
      await reset();
      run.things.forget();
    }
    for (const one of able) {
      emit({ kind: 'operation', operation: one.reference, index, count });
      index += 1;
      if (run.session.isSpent || duties(one).length === 0) continue;
      await work(run, openDuties(run, one));
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
