import type { Finding, Origin } from '../../core/index.ts';
import type { Exchange } from '../../http/index.ts';
import type { Duty } from '../planning/duty.ts';
import type { Grade, Verdict } from '../report.ts';

/** A promise that was seen broken. */
export interface Failure {
  readonly duty: Duty;
  /** Failures with one key are one finding. */
  readonly key: string;
  readonly cause: string;
  /** What of the obligation is broken, where several things can be: it ends the finding's id. */
  readonly aspect?: string;
  readonly message: string;
  readonly expected: string;
  readonly seen: string;
  readonly exchange: Exchange;
  /** What led to it, where that took several: the exchange is the last of them. */
  readonly steps?: readonly Exchange[];
  readonly origin?: Origin | undefined;
  readonly grade?: Grade;
  /** What the judge of exchanges found, where it was one; a second engine can be asked about it. */
  readonly finding?: Finding;
  /** Sends it again: whether it shows again; `undefined` where that cannot be told. */
  readonly confirm?: () => Promise<boolean | undefined>;
}

/** A failure with how often it was seen. */
export interface CountedFailure extends Failure {
  readonly occurrences: number;
  /** Of the answers that showed it. */
  readonly statuses: readonly number[];
}

/** What became of each duty so far. A failure stays one, whatever comes after. */
export interface Ledger {
  fail(failure: Failure): void;
  pass(duty: Duty): void;
  undecided(duty: Duty, reason: string): void;
  skip(duty: Duty, reason: string): void;
  /** The verdict without the finding's final id; `undefined` where nothing is known. */
  verdict(duty: Duty): Verdict | undefined;
  /** Whether a failure with this key was told of this duty. */
  knows(duty: Duty, key: string): boolean;
  readonly failures: readonly CountedFailure[];
}

const weight: Readonly<Record<Verdict['kind'], number>> = {
  skipped: 0,
  inconclusive: 1,
  passed: 2,
  failed: 3,
};

/** Makes an empty ledger. `onFirst` is told of a failure when it is seen for the first time. */
export function createLedger(onFirst: (failure: Failure) => void = () => undefined): Ledger {
  const verdicts = new Map<string, Verdict>();
  const failures = new Map<string, { failure: Failure; occurrences: number; statuses: Set<number> }>();
  const set = ({ obligation: { id } }: Duty, verdict: Verdict): void => {
    const old = verdicts.get(id);
    if (old === undefined || weight[verdict.kind] > weight[old.kind]) verdicts.set(id, verdict);
  };
  return {
    fail(failure) {
      set(failure.duty, { kind: 'failed', finding: failure.duty.obligation.id });
      const name = `${failure.duty.obligation.id} ${failure.key}`;
      const known = failures.get(name);
      const { status } = failure.exchange.response;
      if (known !== undefined) {
        known.occurrences += 1;
        known.statuses.add(status);
        return;
      }
      failures.set(name, { failure, occurrences: 1, statuses: new Set([status]) });
      onFirst(failure);
    },
    pass: (duty) => set(duty, { kind: 'passed' }),
    undecided: (duty, reason) => set(duty, { kind: 'inconclusive', reason }),
    skip: (duty, reason) => set(duty, { kind: 'skipped', reason }),
    knows: ({ obligation: { id } }, key) => failures.has(`${id} ${key}`),
    verdict: (duty) => verdicts.get(duty.obligation.id),
    get failures() {
      return [...failures.values()].map(({ failure, occurrences, statuses }) => ({
        ...failure,
        occurrences,
        statuses: [...statuses].sort((left, right) => left - right),
      }));
    },
  };
}
