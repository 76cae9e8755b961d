import { expect } from 'vitest';
import { checkResponse } from '../check/index.ts';
import type { Finding } from '../core/index.ts';
import {
  fromWebResponse,
  type HttpRequest,
  type HttpResponse,
  splitTarget,
  toHttpRequest,
} from '../http/index.ts';
import { readRequest } from '../request/index.ts';
import type { ContractOperation } from './contract.ts';

/** What can be held to an operation: web messages, ours, and what a client's call gave. */
export type Judged =
  | Request
  | Response
  | HttpRequest
  | HttpResponse
  | { readonly response: HttpResponse; readonly operation: ContractOperation };

/** What is added to `expect`. */
export interface ContractMatchers<Result = Promise<void>> {
  /**
   * The request or response keeps what the document says of the operation; what a client's call gave knows its own. A web message
   * is read from a copy, so it must not have been read before. To be awaited.
   */
  toSatisfyContract(operation?: ContractOperation): Result;
}

declare module 'vitest' {
  interface Matchers<T> extends ContractMatchers<Promise<T extends void ? void : void>> {}
}

interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers, for an `expect` that is not vitest's global one. Importing this room registers them on that one. */
export const matchers: {
  toSatisfyContract(received: unknown, operation?: ContractOperation): Promise<Outcome>;
} = {
  async toSatisfyContract(received, operation) {
    const judged = received as Judged;
    const own = operation ?? ('operation' in judged ? judged.operation : undefined);
    if (own === undefined) {
      throw new TypeError(
        'Cannot judge the message: no operation was given. Pass one of `contract.operation(name)`.',
      );
    }
    const { what, findings } = await judge(judged, own);
    const broken = findings.filter(({ severity }) => severity === 'error' || what === 'response');
    return {
      pass: broken.length === 0,
      message: () =>
        broken.length === 0
          ? `The ${what} satisfies ${own.key}, and should not.`
          : [`The ${what} does not satisfy ${own.key}:`, ...broken.map(lineOf)].join('\n'),
    };
  },
};

expect.extend(matchers);

interface Judgement {
  readonly what: 'request' | 'response';
  readonly findings: readonly Finding[];
}

async function judge(judged: Judged, operation: ContractOperation): Promise<Judgement> {
  if ('response' in judged) return judgeResponse(judged.response, operation);
  if (judged instanceof Response) return judgeResponse(await fromWebResponse(judged.clone()), operation);
  if (judged instanceof Request) return judgeRequest(await toHttpRequest(judged.clone()), operation);
  if ('target' in judged) return judgeRequest(judged, operation);
  return judgeResponse(judged, operation);
}

function judgeResponse(response: HttpResponse, { plan }: ContractOperation): Judgement {
  return { what: 'response', findings: checkResponse(plan, plan.operation.method, response) };
}

function judgeRequest(request: HttpRequest, { plan, paths, key }: ContractOperation): Judgement {
  const route = paths.match(request.method, request.target);
  if (route.kind !== 'found' || route.operation.key !== key) {
    return { what: 'request', findings: [elsewhere(request, { plan, paths, key })] };
  }
  const raw = {
    path: route.rawPathParameters,
    query: splitTarget(request.target).query,
    header: (name: string) => request.headers.get(name),
    cookie: request.headers.get('cookie') ?? '',
  };
  return { what: 'request', findings: readRequest(plan, request, raw).findings };
}

function elsewhere({ method, target }: HttpRequest, { plan, key }: ContractOperation): Finding {
  return {
    code: 'request.operation',
    severity: 'error',
    message: `The request is not one for ${key}.`,
    side: 'request',
    place: { part: 'path' },
    expected: `${plan.operation.method} ${plan.operation.path}`,
    seen: `${method} ${target}`,
  };
}

function lineOf({ message, expected, seen }: Finding): string {
  const shown = expected === undefined ? '' : ` (expected ${expected}, seen ${seen ?? 'nothing'})`;
  return `- ${message}${shown}`;
}
