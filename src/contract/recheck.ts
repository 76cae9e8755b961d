import { createHttpTarget } from '../client/index.ts';
import type { ApiDocument } from '../document/index.ts';
import { type Exchange, HeaderList, type HttpRequest } from '../http/index.ts';
import { compilePlan, type OperationPlan } from '../plan/index.ts';
import { hidden } from '../recording/index.ts';
import { createLedger } from './judging/ledger.ts';
import { observeExchange } from './judging/observe.ts';
import type { ContractIdentity, ContractOptions } from './options.ts';
import { planOperations } from './planning/plan-contract.ts';
import type { ContractFinding } from './report.ts';
import { isSuccess } from './running/run.ts';
import { authorize } from './sending/authorize.ts';

/** Whether a finding still shows. */
export type Recheck =
  | { readonly kind: 'holds'; readonly status: number }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What `recheckFinding` takes beside the finding. */
export interface RecheckOptions extends ContractIdentity, Pick<ContractOptions, 'http' | 'timeout'> {
  readonly document: ApiDocument;
  /** Another origin than the one that the finding was seen at. */
  readonly origin?: string;
}

/**
 * Sends a finding's request once more and judges the answer. What takes more than one request to see (a life cycle), and what was
 * cut or hidden in the report, is unknown, with the reason. Never rejects for what a server does.
 */
export async function recheckFinding(finding: ContractFinding, options: RecheckOptions): Promise<Recheck> {
  const operation = options.document.operations.find(
    ({ method, path }) => method === finding.operation.method && path === finding.operation.path,
  );
  if (operation === undefined) return unknown('the document has no such operation any more');
  const obstacle = obstacleOf(finding);
  if (obstacle !== undefined) return unknown(obstacle);
  const plan = compilePlan(options.document).compile(operation);
  const request = requestOf(finding, plan, options);
  const http = createHttpTarget({ ...options.http, timeout: options.timeout ?? 10_000 });
  try {
    const response = await http.send(request);
    const isBroken = judge(finding, { request, response }, { plan, document: options.document });
    if (isBroken === undefined)
      return unknown(`the server answered ${response.status}, which decides nothing`);
    return { kind: isBroken ? 'holds' : 'gone', status: response.status };
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  } finally {
    await http.close();
  }
}

function unknown(reason: string): Recheck {
  return { kind: 'unknown', reason };
}

function obstacleOf({ check, request, labels }: ContractFinding): string | undefined {
  if (/^(?:lifecycle|concurrency)\./.test(check))
    return `it takes several requests to see. Run: apidouble verify --include '${check}'`;
  if (request.body.cutFrom !== undefined) return 'its body was cut in the report';
  if (request.body.content.includes(hidden)) return 'its body has credentials, which are not in the report';
  const isHidden = request.headers.some(([, value]) => value.includes(hidden));
  if (check.startsWith('credentials.') && isHidden)
    return 'the credential that it tried is not in the report';
  return labels.includes('state-dependent') && !check.startsWith('exchange.')
    ? 'it depends on the state that the run had made'
    : undefined;
}

/** The request as it was, with credentials where the report hides them. */
function requestOf(finding: ContractFinding, plan: OperationPlan, options: RecheckOptions): HttpRequest {
  const { method, url, headers, body } = finding.request;
  const address = new URL(url);
  const target = url.slice(address.origin.length) || '/';
  const kept = headers.filter(([, value]) => !value.includes(hidden));
  const request: HttpRequest = {
    method,
    target: withoutHidden(target),
    origin: options.origin ?? address.origin,
    headers: new HeaderList(kept.flat()),
    body: Buffer.from(body.content, body.encoding === 'utf8' ? 'utf8' : 'base64'),
  };
  const hadMore = kept.length < headers.length || request.target !== target;
  return hadMore ? authorize(request, plan, options) : request;
}

function withoutHidden(target: string): string {
  const mark = target.indexOf('?');
  if (mark === -1) return target;
  const pairs = target.slice(mark + 1).split('&');
  const kept = pairs.filter((pair) => !pair.includes(hidden));
  if (kept.length === pairs.length) return target;
  return kept.length === 0 ? target.slice(0, mark) : `${target.slice(0, mark)}?${kept.join('&')}`;
}

interface Judging {
  readonly plan: OperationPlan;
  readonly document: ApiDocument;
}

/** Whether the answer still breaks the promise; `undefined` where it does not tell. */
function judge(finding: ContractFinding, exchange: Exchange, judging: Judging): boolean | undefined {
  const { status } = exchange.response;
  if (finding.check.startsWith('exchange.')) return isObserved(finding, exchange, judging);
  const wasRefused = !isSuccess(finding.response.status);
  if (status === 429 || status === 503) return undefined;
  // A refusal that is due to something else (a credential that was not given) says nothing of a request that was accepted.
  if ((status === 401 || status === 403) && !finding.check.startsWith('credentials.')) return undefined;
  return wasRefused ? !isSuccess(status) : isSuccess(status);
}

function isObserved(
  finding: ContractFinding,
  exchange: Exchange,
  { plan, document }: Judging,
): boolean | undefined {
  const duties = planOperations(document).operations.find(({ operation }) => operation === plan.operation);
  if (duties === undefined) return undefined;
  const ledger = createLedger();
  observeExchange({ plan, duties, exchange, purpose: {}, again: async () => undefined }, ledger);
  if (finding.check === 'exchange.combinations') return ledger.failures.length > 0;
  return ledger.failures.some(({ duty }) => duty.obligation.check === finding.check);
}
