import { checkResponse, createKnownBodies, type KnownBodies } from '../../check/index.ts';
import { type Finding, isApidoubleError } from '../../core/index.ts';
import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import { type HttpRequest, type HttpResponse, undoCoding } from '../../http/index.ts';
import { compilePlan, type OperationPlan } from '../../plan/index.ts';
import type { RecordedExchange } from '../../recording/index.ts';
import { judgeSecurity, type ParameterValues, readRequest } from '../../request/index.ts';
import { createPathIndex, type FoundRoute, type RouteMatch } from '../../route/index.ts';

/** What was found of one exchange, or of a half of it. */
export interface Judgement {
  /** Absent where the document has none for the request. */
  readonly operation?: ApiOperation;
  readonly findings: readonly Finding[];
  /** Why something of it could not be judged: half a sentence for each. */
  readonly undecided: readonly string[];
  /** The values of the documented parameters that were sent; absent where requests are not judged. */
  readonly given?: ParameterValues;
}

/** Holds exchanges, whoever had them, to a document. It never throws on what was sent. */
export interface ExchangeJudge {
  readonly document: ApiDocument;
  judge(recorded: Pick<RecordedExchange, 'exchange' | 'requestLeftOut' | 'responseLeftOut'>): Judgement;
  judgeRequest(request: HttpRequest): Judgement;
  judgeResponse(request: Pick<HttpRequest, 'method' | 'target'>, response: HttpResponse): Judgement;
}

/** What a judge looks at. */
export interface ExchangeJudgeOptions {
  /** Default `true`. */
  readonly requests?: boolean;
}

/** Makes a judge of a document. Each operation is compiled when the first exchange of it comes. */
export function createExchangeJudge(
  document: ApiDocument,
  { requests = true }: ExchangeJudgeOptions = {},
): ExchangeJudge {
  const plan = compilePlan(document);
  const known = createKnownBodies();
  const index = createPathIndex(document.operations);
  const routeOf = ({ method, target }: Pick<HttpRequest, 'method' | 'target'>): RouteMatch =>
    index.match(method, target);
  const askedOf = (match: RouteMatch, asked: Asked): Judgement => {
    if (match.kind !== 'found') {
      const miss = requests ? missOf(match, asked.request) : undefined;
      return { findings: miss === undefined ? [] : [miss], undecided: [] };
    }
    const { operation } = match;
    if (!requests) return { operation, findings: [], undecided: [] };
    return withPlan(operation, () => requestJudgement(plan.compile(operation), match, asked));
  };
  const answeredOf = (match: RouteMatch, method: string, answered: Answered): Judgement => {
    if (match.kind !== 'found') return { findings: [], undecided: [] };
    const { operation } = match;
    return withPlan(operation, () =>
      responseJudgement(plan.compile(operation), method, { ...answered, known }),
    );
  };
  return {
    document,
    judgeRequest: (request) => askedOf(routeOf(request), { request, leftOut: false }),
    judgeResponse: (request, response) =>
      answeredOf(routeOf(request), request.method, { response, leftOut: false }),
    judge({ exchange: { request, response }, requestLeftOut, responseLeftOut }) {
      const match = routeOf(request);
      const asked = askedOf(match, { request, leftOut: requestLeftOut !== undefined });
      const answered = answeredOf(match, request.method, {
        response,
        leftOut: responseLeftOut !== undefined,
      });
      const undecided = [...asked.undecided, ...answered.undecided];
      if (requestLeftOut !== undefined) undecided.push(`the body of the request ${requestLeftOut.reason}`);
      if (responseLeftOut !== undefined) undecided.push(`the body of the answer ${responseLeftOut.reason}`);
      return { ...answered, ...asked, findings: [...asked.findings, ...answered.findings], undecided };
    },
  };
}

/** An operation that the document breaks cannot be judged; anything else that is thrown is a bug, and no reason to stop. */
function withPlan(operation: ApiOperation, judge: () => Omit<Judgement, 'operation'>): Judgement {
  try {
    return { operation, ...judge() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const whose = isApidoubleError(error) ? reason : `the judge failed: ${reason}`;
    return { operation, findings: [], undecided: [whose] };
  }
}

function missOf(match: RouteMatch, { method, target }: HttpRequest): Finding | undefined {
  const base = { severity: 'warning', side: 'request', seen: `${method} ${target}` } as const;
  if (match.kind === 'not-found') {
    const hint =
      match.nearest === undefined ? '' : ` The nearest is ${match.nearest.path}: ${match.nearest.reason}.`;
    const message = `The document has no path for ${target}.${hint}`;
    return {
      ...base,
      code: 'route.not-found',
      message,
      place: { part: 'path' },
      expected: 'a documented path',
    };
  }
  if (match.kind !== 'method-not-allowed') return undefined;
  const allowed = match.allow.join(', ');
  const message = `The document has no ${method} for ${match.path}. It has: ${allowed}.`;
  return { ...base, code: 'route.method-not-allowed', message, place: { part: 'method' }, expected: allowed };
}

interface Asked {
  readonly request: HttpRequest;
  readonly leftOut: boolean;
}

function requestJudgement(
  plan: OperationPlan,
  match: FoundRoute,
  { request, leftOut }: Asked,
): Omit<Judgement, 'operation'> {
  const { message, fault, unread } = plainOf(request, leftOut);
  const security = judgeSecurity(plan, request);
  if (fault !== undefined) return { findings: [...security, codingFinding('request', fault)], undecided: [] };
  const raw = {
    path: match.rawPathParameters,
    query: match.query,
    cookie: message.headers.get('cookie') ?? '',
    header: (name: string) => message.headers.get(name),
  };
  const { findings, values: given } = readRequest(plan, message, raw);
  const isWhole = !leftOut && unread === undefined;
  const seen = isWhole ? findings : findings.filter(({ place }) => place.part !== 'body');
  const undecided = unread === undefined ? [] : [`the body of the request cannot be read: ${unread}`];
  return { findings: security.length === 0 ? seen : [...security, ...seen], undecided, given };
}

interface Answered {
  readonly response: HttpResponse;
  readonly leftOut: boolean;
}

function responseJudgement(
  plan: OperationPlan,
  method: string,
  { response, leftOut, known }: Answered & { readonly known: KnownBodies },
): Omit<Judgement, 'operation'> {
  const { message, fault, unread } = plainOf(response, leftOut);
  if (fault !== undefined) return { findings: [codingFinding('response', fault)], undecided: [] };
  const findings = checkResponse(plan, method, message, known);
  if (!leftOut && unread === undefined) return { findings, undecided: [] };
  const undecided = unread === undefined ? [] : [`the body of the answer cannot be read: ${unread}`];
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
