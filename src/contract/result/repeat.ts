import type { Exchange, HttpRequest, HttpResponse } from '../../http/index.ts';
import type { CountedFailure } from '../judging/ledger.ts';
import type { FindingLabel } from '../report.ts';
import { isSafe } from '../sending/is-safe.ts';

/** Sends a request once more and gives what came; `undefined` where nothing whole did. */
export type Resend = (request: HttpRequest) => Promise<Exchange | undefined>;

/** How a failure behaved when it was looked for again. */
export interface Repetition {
  readonly labels: readonly FindingLabel[];
  /** Sentences for a person. */
  readonly words: readonly string[];
}

/** What is known of a failure that was not looked for again. */
export const unrepeated: Repetition = { labels: [], words: [] };

const times = 2;

/**
 * Looks for a failure twice more. It shows each time, or now and then; a change that never shows again depends on the state that it
 * has changed itself. What takes a journey depends on the state that the journey made.
 */
export async function repeat(failure: CountedFailure, resend: Resend): Promise<Repetition> {
  const confirm = failure.confirm ?? confirmBy(failure, resend);
  if (confirm === undefined) return { labels: ['state-dependent'], words: [] };
  const answers: boolean[] = [true];
  for (let time = 0; time < times; time += 1) {
    const again = await confirm();
    if (again !== undefined) answers.push(again);
  }
  if (answers.length === 1) return unrepeated;
  const shown = answers.filter(Boolean).length;
  if (shown === answers.length) return { labels: ['deterministic'], words: [] };
  if (shown === 1 && !isSafe(failure.exchange.request.method))
    return { labels: ['state-dependent'], words: [] };
  return { labels: ['flaky'], words: [`It showed ${shown} times of ${answers.length}.`] };
}

/** What shows in one exchange is looked for by sending its request again, and shows again where the answer is of the same kind. */
function confirmBy({ duty, exchange }: CountedFailure, resend: Resend): (() => Promise<boolean>) | undefined {
  if ('journey' in duty) return undefined;
  return async () => {
    const again = await resend(exchange.request);
    return kindOf(again?.response) === kindOf(exchange.response);
  };
}

function kindOf(response: HttpResponse | undefined): string {
  if (response === undefined || response.status === 0) return 'none';
  const { status, headers } = response;
  const fields = ['content-type', 'allow', 'www-authenticate'].map((name) => headers.get(name) ?? '');
  return [status, ...fields].join('\n');
}
