import type { Exchange } from '../http/index.ts';
import { said } from './hooks.ts';
import type { Ledger } from './judging/ledger.ts';
import type { OwnDuty } from './planning/duty.ts';
import type { Grade, OperationReference } from './report.ts';

/** What a check of the user's own says is wrong. */
export interface OwnFault {
  readonly message: string;
  readonly expected?: string;
  readonly seen?: string;
}

/** A sentence (or a fault) that says what is wrong; nothing or `true` where nothing is. */
export type OwnVerdict = string | OwnFault | boolean | undefined;

/** A check of the user's own: it sees every exchange of the operations that it is for. */
export interface OwnCheck {
  /** One sentence that is true of a good server: `every answer has a request id`. */
  readonly title: string;
  /** Default `must`. */
  readonly grade?: Grade;
  /** Globs over `METHOD path`, operationId or tag. Default: every operation. */
  readonly operations?: readonly string[];
  /** Says what is wrong with an exchange; nothing (or `true`) where it is right. */
  check(
    exchange: Exchange,
    operation: OperationReference,
  ): OwnVerdict | void | Promise<OwnVerdict> | Promise<void>;
}

interface Observing {
  readonly ledger: Ledger;
  /** Sends the request again and tells whether the same is wrong with the answer. */
  readonly again: (isWrong: (other: Exchange) => Promise<boolean>) => Promise<boolean | undefined>;
  /** Told of a check that threw. */
  readonly tell: (text: string) => void;
}

/** Holds an exchange to the checks of the user's own. One that throws decides nothing, and says so. */
export async function observeOwn(
  exchange: Exchange,
  duties: readonly OwnDuty[],
  { ledger, again, tell }: Observing,
): Promise<void> {
  for (const duty of duties) {
    const fault = await faultOf(duty, exchange);
    if ('thrown' in fault) {
      ledger.undecided(duty, `the check ${duty.name} threw ${fault.thrown}`);
      tell(`The check ${duty.name} threw ${fault.thrown}: it decides nothing where it does.`);
      continue;
    }
    if (fault.message === undefined) ledger.pass(duty);
    else {
      const { operation, title } = duty.obligation;
      ledger.fail({
        duty,
        key: `own ${duty.name} ${operation.key} ${fault.message}`,
        cause: `Not so: ${title}`,
        message: fault.message,
        expected: fault.expected ?? title,
        seen: fault.seen ?? fault.message,
        exchange,
        origin: duty.origin,
        confirm: () =>
          again(async (other) => {
            const second = await faultOf(duty, other);
            return !('thrown' in second) && second.message !== undefined;
          }),
      });
    }
  }
}

type Judged = Partial<OwnFault> | { readonly thrown: string };

async function faultOf({ own, obligation }: OwnDuty, exchange: Exchange): Promise<Judged> {
  try {
    const result = await own.check(exchange, obligation.operation);
    if (typeof result === 'string') return { message: result };
    if (result === false) return { message: `It is not so that ${obligation.title}.` };
    return result === undefined || result === true || result === null ? {} : result;
  } catch (error) {
    return { thrown: said(error) };
  }
}
