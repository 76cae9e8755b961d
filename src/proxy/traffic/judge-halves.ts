import { checkResponse, type KnownBodies } from '../../check/index.ts';
import type { Finding } from '../../core/index.ts';
import { type HttpRequest, type HttpResponse, undoCoding } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import { judgeSecurity, readRequest } from '../../request/index.ts';
import type { FoundRoute } from '../../route/index.ts';
import { type Judgement, nothing } from './judgement.ts';

/** A request, and whether its body was left out. */
export interface Asked {
  readonly request: HttpRequest;
  readonly leftOut: boolean;
}

/** Judges a request by the plan of its operation. */
export function judgeAsked(
  plan: OperationPlan,
  match: FoundRoute,
  { request, leftOut }: Asked,
): Omit<Judgement, 'operation'> {
  const { message, fault, unread } = plainOf(request, leftOut);
  const security = judgeSecurity(plan, request);
  if (fault !== undefined) {
    const findings = [...security, codingFinding('request', fault)];
    return { findings, undecided: nothing, given: undefined };
  }
  const { headers } = message;
  const raw = {
    path: match.rawPathParameters,
    query: match.query,
    cookie: headers.get('cookie') ?? '',
    header: (name: string) => headers.get(name),
  };
  const { findings, values: given } = readRequest(plan, message, raw);
  const isWhole = !leftOut && unread === undefined;
  const seen = isWhole ? findings : findings.filter(({ place }) => place.part !== 'body');
  const undecided = unread === undefined ? nothing : [`the body of the request cannot be read: ${unread}`];
  return { findings: security.length === 0 ? seen : [...security, ...seen], undecided, given };
}

/** An answer, whether its body was left out, and the bodies that were found good before. */
export interface Answered {
  readonly response: HttpResponse;
  readonly leftOut: boolean;
  readonly known: KnownBodies;
}

/** Judges an answer by the plan of the operation that it answers. */
export function judgeAnswered(
  plan: OperationPlan,
  method: string,
  { response, leftOut, known }: Answered,
): Omit<Judgement, 'operation' | 'given'> {
  const { message, fault, unread } = plainOf(response, leftOut);
  if (fault !== undefined) return { findings: [codingFinding('response', fault)], undecided: nothing };
  const findings = checkResponse(plan, method, message, known);
  if (!leftOut && unread === undefined) return { findings, undecided: nothing };
  const undecided = unread === undefined ? nothing : [`the body of the answer cannot be read: ${unread}`];
  return { findings: findings.filter(({ place }) => place.part !== 'body'), undecided };
}

interface Plain<Message> {
  /** As it came, where its coding could not be undone. */
  readonly message: Message;
  readonly fault?: string;
  readonly unread?: string;
}

function plainOf<Message extends HttpRequest | HttpResponse>(
  message: Message,
  leftOut: boolean,
): Plain<Message> {
  if (leftOut) return { message };
  const uncoded = undoCoding(message);
  return 'message' in uncoded ? uncoded : { message, ...uncoded };
}

function codingFinding(side: 'request' | 'response', fault: string): Finding {
  return {
    code: 'body.content-coding',
    severity: 'error',
    message: `The ${side} is broken: ${fault}.`,
    side,
    place: { part: 'body' },
    expected: 'a body in the coding that its header names',
    seen: 'other bytes',
  };
}
