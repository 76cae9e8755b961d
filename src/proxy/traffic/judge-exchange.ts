import { createKnownBodies } from '../../check/index.ts';
import { type Finding, isApidoubleError } from '../../core/index.ts';
import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import type { Exchange, HttpRequest, HttpResponse } from '../../http/index.ts';
import { compilePlan } from '../../plan/index.ts';
import type { LeftOut } from '../../recording/index.ts';
import { createPathIndex, type RouteMatch } from '../../route/index.ts';
import { judgeAnswered, judgeAsked } from './judge-halves.ts';
import { type Judgement, joinJudgements, nothing } from './judgement.ts';

/** What is judged of an exchange. */
export interface JudgedExchange {
  readonly exchange: Exchange;
  readonly requestLeftOut?: LeftOut | undefined;
  readonly responseLeftOut?: LeftOut | undefined;
}

/** Holds exchanges, whoever had them, to a document. It never throws on what was sent. */
export interface ExchangeJudge {
  readonly document: ApiDocument;
  judge(judged: JudgedExchange): Judgement;
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

  function askedOf(match: RouteMatch, request: HttpRequest, leftOut: boolean): Judgement {
    if (match.kind !== 'found') {
      const findings = requests ? missOf(match, request) : nothing;
      return { operation: undefined, findings, undecided: nothing, given: undefined };
    }
    const { operation } = match;
    if (!requests) return { operation, findings: nothing, undecided: nothing, given: undefined };
    try {
      const { findings, undecided, given } = judgeAsked(plan.compile(operation), match, { request, leftOut });
      return { operation, findings, undecided, given };
    } catch (error) {
      return notJudged(operation, error);
    }
  }

  function answeredOf(match: RouteMatch, method: string, answered: Answered): Judgement {
    if (match.kind !== 'found')
      return { operation: undefined, findings: nothing, undecided: nothing, given: undefined };
    const { operation } = match;
    const { response, leftOut } = answered;
    try {
      const judged = judgeAnswered(plan.compile(operation), method, { response, leftOut, known });
      return { operation, findings: judged.findings, undecided: judged.undecided, given: undefined };
    } catch (error) {
      return notJudged(operation, error);
    }
  }

  return {
    document,
    judgeRequest: (request) => askedOf(index.match(request.method, request.target), request, false),
    judgeResponse: ({ method, target }, response) =>
      answeredOf(index.match(method, target), method, { response, leftOut: false }),
    judge({ exchange: { request, response }, requestLeftOut, responseLeftOut }) {
      const match = index.match(request.method, request.target);
      const asked = askedOf(match, request, requestLeftOut !== undefined);
      const leftOut = responseLeftOut !== undefined;
      const judgement = joinJudgements(asked, answeredOf(match, request.method, { response, leftOut }));
      if (requestLeftOut === undefined && !leftOut) return judgement;
      const undecided = [...judgement.undecided];
      if (requestLeftOut !== undefined) undecided.push(`the body of the request ${requestLeftOut.reason}`);
      if (leftOut) undecided.push(`the body of the answer ${responseLeftOut.reason}`);
      return { ...judgement, undecided };
    },
  };
}

interface Answered {
  readonly response: HttpResponse;
  readonly leftOut: boolean;
}

/** An operation that the document breaks cannot be judged; anything else that is thrown is a bug, and no reason to stop. */
function notJudged(operation: ApiOperation, error: unknown): Judgement {
  const reason = error instanceof Error ? error.message : String(error);
  const whose = isApidoubleError(error) ? reason : `the judge failed: ${reason}`;
  return { operation, findings: nothing, undecided: [whose], given: undefined };
}

function missOf(match: RouteMatch, { method, target }: HttpRequest): readonly Finding[] {
  const base = { severity: 'warning', side: 'request', seen: `${method} ${target}` } as const;
  if (match.kind === 'not-found') {
    const hint =
      match.nearest === undefined ? '' : ` The nearest is ${match.nearest.path}: ${match.nearest.reason}.`;
    const message = `The document has no path for ${target}.${hint}`;
    const expected = 'a documented path';
    return [{ ...base, code: 'route.not-found', message, place: { part: 'path' }, expected }];
  }
  if (match.kind !== 'method-not-allowed') return nothing;
  const expected = match.allow.join(', ');
  const message = `The document has no ${method} for ${match.path}. It has: ${expected}.`;
  return [{ ...base, code: 'route.method-not-allowed', message, place: { part: 'method' }, expected }];
}
