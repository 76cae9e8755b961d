import { checkResponse } from '../check/index.ts';
import { ApidoubleError, isApidoubleError } from '../core/index.ts';
import { HeaderList, type HttpRequest, type HttpResponse, isToken, noBody } from '../http/index.ts';
import { type Answer, choose, type Wish } from '../response/index.ts';
import type { BackendContext } from './backend.ts';
import { type Call, giveReason, planOf } from './call.ts';
import type { Engine } from './engine.ts';
import type { EngineParts } from './engine-parts.ts';
import type { HandlerAnswer, HandlerContext, HandlerTools, MockHandler } from './mock.ts';
import { mockProblem } from './problems.ts';

/** A user's handler as openapi-backend calls it: its answer is encoded by the document and judged like any other. */
export function wrapHandler(
  handler: MockHandler,
  getEngine: () => Engine,
): (context: BackendContext, call: Call) => Promise<HttpResponse> {
  const handle = async (context: BackendContext, call: Call): Promise<HttpResponse> => {
    const engine = getEngine();
    const plan = planOf(call, engine.plan);
    const answer = await handler(context as HandlerContext, call.request, toolsFor(engine, call));
    giveReason(call, ['answered by a handler']);
    const response = sendable(isHttpResponse(answer) ? answer : encodeAnswer(engine, call, answer));
    call.findings.push(...checkResponse(plan, call.request.method, response));
    return response;
  };
  return async (context, call) => {
    const { play } = getEngine();
    return play === undefined ? handle(context, call) : play.answer(call, () => handle(context, call));
  };
}

/** An answer that is the user's own, where HTTP can carry it. Throws `ERR_CODEC` where it cannot. */
export function sendable(response: HttpResponse): HttpResponse {
  const { status, headers } = response;
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw unsendable('status', String(status), 'an answer ends with 200 to 599');
  for (const [name, value] of headers) {
    if (!isToken(name)) throw unsendable('header', String(name), 'its name is no token');
    if (/[\r\n]/.test(value)) throw unsendable('header', name, 'its value has more than one line');
  }
  return response;
}

function unsendable(what: string, which: string, reason: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_CODEC',
    `Cannot send ${what} "${which}" of a handler or scenario: ${reason}. Correct it there.`,
  );
}

function toolsFor(engine: Engine, call: Call): HandlerTools {
  return {
    async generate(wish = {}) {
      const plan = planOf(call, engine.plan);
      const wanted: Wish = { ...call.wish, ...wish };
      const choice = choose(plan, { ...engine.questionOf(call), wish: wanted });
      if (choice.kind === 'problem') return { status: choice.status, body: { detail: choice.detail } };
      const { response, value } = engine.producer.produce(plan, choice, engine.contextOf(call, plan));
      return { status: response.status, headers: headersOf(response), body: value() };
    },
  };
}

function headersOf(response: HttpResponse): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name] of response.headers) headers[name.toLowerCase()] = response.headers.getAll(name);
  return headers;
}

function isHttpResponse(answer: HandlerAnswer | HttpResponse): answer is HttpResponse {
  return answer.headers instanceof HeaderList && answer.body instanceof Uint8Array;
}

/** Writes a handler's plain value as the document says; what the document does not know is written as JSON or text. */
export function encodeAnswer(
  engine: EngineParts,
  call: Call,
  { status = 200, headers = {}, body }: HandlerAnswer,
): HttpResponse {
  const plan = planOf(call, engine.plan);
  const given = HeaderList.from(headers);
  const documented = plan.responseFor(status);
  const contentType = given.get('content-type');
  const media =
    documented?.negotiate(contentType ?? call.request.headers.get('accept')) ??
    documented?.negotiate(undefined);
  if (documented === undefined || media === undefined || body === undefined)
    return undocumentedAnswer(status, given, body);
  const answer: Answer = {
    kind: 'answer',
    status,
    response: documented,
    media,
    source: { kind: 'faker' },
    reason: [],
  };
  const { response } = engine.producer.write(plan, answer, {
    value: body,
    context: engine.contextOf(call, plan),
  });
  let merged = response.headers;
  for (const [name] of given) {
    if (name.toLowerCase() !== 'content-length') merged = merged.with(name, given.getAll(name));
  }
  return { ...response, headers: merged };
}

function undocumentedAnswer(status: number, headers: HeaderList, body: unknown): HttpResponse {
  if (body === undefined) return { status, headers, body: noBody };
  if (body instanceof Uint8Array) return { status, headers, body };
  const [type, text] =
    typeof body === 'string'
      ? ['text/plain; charset=utf-8', body]
      : ['application/json', JSON.stringify(body)];
  return {
    status,
    headers: headers.has('content-type') ? headers : headers.with('Content-Type', type),
    body: Buffer.from(text),
  };
}

/** The answer to a fault that was thrown on the way: a 500 that names it, never a rejection. */
export function faultResponse(fault: unknown): HttpResponse {
  if (isApidoubleError(fault)) return mockProblem(500, { code: fault.code, detail: fault.message });
  const message = fault instanceof Error ? fault.message : String(fault);
  return mockProblem(500, { code: 'mock.fault', detail: `Cannot answer: ${message}.` });
}

/** A request with its answer cut to what HEAD may carry. */
export function withoutBody(request: HttpRequest, response: HttpResponse): HttpResponse {
  if (request.method !== 'HEAD' || response.body.length === 0) return response;
  const headers = response.headers.has('content-length')
    ? response.headers
    : response.headers.with('Content-Length', String(response.body.length));
  return { ...response, headers, body: noBody };
}
