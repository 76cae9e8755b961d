import type { Exchange } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { Ledger } from '../judging/ledger.ts';
import { observeWire } from '../judging/observe.ts';
import type { OperationDuties } from '../planning/duty.ts';
import { authorize } from '../sending/authorize.ts';
import { isSafe } from '../sending/is-safe.ts';
import type { Session } from '../sending/session.ts';
import { writeRequest } from '../sending/write-request.ts';
import { makeBase } from './bases.ts';
import { isCreating } from './removal.ts';
import type { Run } from './run.ts';

/** Answers that have no body by what HTTP says, one of each status of each operation looked at as it came. */
export interface BodilessWatch {
  /** Told of each answer of an operation. What may be asked again is looked at at once, while it is still the same. */
  saw(exchange: Exchange, of: { plan: OperationPlan; duties: OperationDuties }): Promise<void>;
  /** Whether an operation that changes something has such an answer. */
  isOpen(plan: OperationPlan): boolean;
}

/**
 * Whether what comes behind an answer is dropped unseen: it has no body by what HTTP says, and its connection ends with it. On one
 * that stays open what is too much disturbs the next answer, and is noticed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function endsBodiless({ request, response: { status, headers } }: Exchange): boolean {
  const isBodiless = status === 204 || status === 304 || request.method === 'HEAD';
  return isBodiless && /(?:^|,)\s*close\s*(?:,|$)/i.test(headers.get('connection') ?? '');
}

/** Begins to watch. What is found goes to the ledger. */
export function watchBodiless(session: () => Session, ledger: Ledger): BodilessWatch {
  const known = new Set<string>();
  const open = new Set<string>();
  return {
    async saw(exchange, { plan, duties }) {
      const name = `${plan.key} ${exchange.response.status}`;
      if (!endsBodiless(exchange) || known.has(name)) return;
      known.add(name);
      if (!isSafe(exchange.request.method)) open.add(plan.key);
      else await lookBare(session(), ledger, { plan, duties, request: exchange.request });
    },
    isOpen: ({ key }) => open.has(key),
  };
}

/** Looks at such an answer of an operation that changes something, which takes a thing of its own. */
export async function probeBodiless(run: Run, duties: OperationDuties): Promise<void> {
  const { operation } = duties;
  const plan = run.api.compile(operation);
  const fill = run.bases.accepted(operation);
  if (!run.bodiless.isOpen(plan) || fill === undefined || isCreating(run, operation)) return;
  const fresh = operation.method === 'DELETE';
  const base = await makeBase(run, plan, { fill, name: 'bodiless', fresh });
  const written = 'reason' in base ? undefined : writeRequest(plan, base.values, run.destination);
  if (written === undefined) return;
  const request = authorize(written, plan, run.identity);
  await lookBare(run.session, run.ledger, { plan, duties, request });
}

async function lookBare(
  session: Session,
  ledger: Ledger,
  { plan, duties, request }: { plan: OperationPlan; duties: OperationDuties; request: Exchange['request'] },
): Promise<void> {
  const send = async (): Promise<Exchange | undefined> => {
    const outcome = await session.send(request, { bare: true });
    return outcome.kind === 'answered' && endsBodiless(outcome.exchange) ? outcome.exchange : undefined;
  };
  const exchange = await send();
  if (exchange !== undefined) observeWire({ plan, duties, exchange, again: send }, ledger);
}
