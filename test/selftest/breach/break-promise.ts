import {
  type Exchange,
  HeaderList,
  type HttpRequest,
  type HttpResponse,
  noBody,
  parseQuery,
  problem,
  splitTarget,
  type Target,
} from '../../../src/http/index.ts';
import type { Breach, Scope } from './breach.ts';
import { editBody, editHeader, editMember, editText } from './edit.ts';
import { createMatcher, isNamed, type Matcher } from './scope.ts';

/**
 * A target that breaks one promise of another, for the exchanges in scope, and passes all else through. It knows nothing of the
 * target but what goes by.
 */
export function breakPromise(target: Target, scope: Scope, breach: Breach): Target {
  const matcher = createMatcher(scope);
  const broken = breakAll(target, matcher, breach);
  return (request, options) => broken(request, options);
}

function breakAll(target: Target, matcher: Matcher, breach: Breach): Target {
  switch (breach.kind) {
    case 'refuse':
      return instead(target, matcher, async () => problem(breach.status, { detail: 'No.' }));
    case 'request-header':
      return instead(target, matcher, (request) => target(withField(request, breach.name, breach.value)));
    case 'request-query':
      return instead(target, matcher, (request) => target(withPair(request, breach.name, breach.value)));
    case 'twice':
      return instead(target, matcher, async (request) => {
        await target(request);
        return target(request);
      });
    case 'pretend':
      return instead(target, matcher, (request) => pretend(target, request));
    case 'mix':
      return mix(target, matcher);
    case 'swallow':
      return swallow(target, matcher, breach.statuses);
    case 'stale':
      return stale(target, matcher);
    case 'undead':
      return undead(target, matcher);
    default:
      return afterwards(target, matcher, breach);
  }
}

/** Whether an exchange would look different if the promise were broken in it; for what does not wait for an answer, whether it is in scope. */
export function doesShow({ request, response }: Exchange, scope: Scope, breach: Breach): boolean {
  const matcher = createMatcher(scope);
  if (!matcher.request(request)) return false;
  if (!isAfterwards(breach)) return true;
  if (!matcher.response(response)) return false;
  const other = edited(response, breach);
  const isSameBody = request.method === 'HEAD' || Buffer.compare(response.body, other.body) === 0;
  return !(isSameBody && response.status === other.status && isSameFlat(response, other));
}

function isSameFlat({ headers }: HttpResponse, other: HttpResponse): boolean {
  return headers.flat.join('\n') === other.headers.flat.join('\n');
}

const after: ReadonlySet<Breach['kind']> = new Set([
  'status',
  'header',
  'body',
  'member',
  'text',
  'crash',
  'trace',
]);

function isAfterwards(breach: Breach): breach is AfterBreach {
  return after.has(breach.kind);
}

type AfterBreach = Extract<
  Breach,
  { kind: 'status' | 'header' | 'body' | 'member' | 'text' | 'crash' | 'trace' }
>;

/** Changes the answers in scope. */
function afterwards(target: Target, matcher: Matcher, breach: AfterBreach): Target {
  return async (request, options) => {
    const response = await target(request, options);
    const isMeant = matcher.request(request) && matcher.response(response);
    return isMeant ? edited(response, breach) : response;
  };
}

function edited(response: HttpResponse, breach: AfterBreach): HttpResponse {
  switch (breach.kind) {
    case 'status':
      return { ...response, status: breach.to };
    case 'header':
      return editHeader(response, breach.name, breach.value);
    case 'body':
      return editBody(response, breach.to);
    case 'text':
      return editText(response, breach.from, breach.to);
    case 'crash':
      return crash();
    case 'trace':
      return editMember(response, 'detail', { set: trace });
    case 'member':
      return editMember(response, breach.at, breach.change);
  }
}

function instead(
  target: Target,
  matcher: Matcher,
  answer: (request: HttpRequest) => Promise<HttpResponse>,
): Target {
  return (request, options) => (matcher.request(request) ? answer(request) : target(request, options));
}

const trace = `TypeError: Cannot read properties of undefined (reading 'title')
    at BookStore.find (/srv/app/lib/book-store.js:41:17)
    at async Router.handle (/srv/app/node_modules/router/index.js:284:9)`;

function crash(): HttpResponse {
  return { status: 500, headers: new HeaderList(['Content-Type', 'text/plain']), body: Buffer.from(trace) };
}

function withField(request: HttpRequest, name: string, value?: string): HttpRequest {
  const rest = request.headers.without(name).flat;
  return { ...request, headers: new HeaderList(value === undefined ? rest : [...rest, name, value]) };
}

function withPair(request: HttpRequest, name: string, value?: string): HttpRequest {
  const { path, query } = splitTarget(request.target);
  const pairs = parseQuery(query).filter(([key]) => !isNamed(key, name));
  const kept = pairs.map(([key, one]) => `${key}=${one}`);
  if (value !== undefined) kept.push(`${name}=${value}`);
  return { ...request, target: kept.length === 0 ? path : `${path}?${kept.join('&')}` };
}

async function pretend(target: Target, request: HttpRequest): Promise<HttpResponse> {
  const there = await target({ ...request, method: 'GET' });
  if (there.status >= 300) return target(request);
  return { status: 204, headers: new HeaderList(), body: noBody };
}

function swallow(target: Target, matcher: Matcher, statuses: readonly number[]): Target {
  let good: HttpResponse | undefined;
  return async (request, options) => {
    const response = await target(request, options);
    if (!matcher.operation(request)) return response;
    if (matcher.request(request) && statuses.includes(response.status)) return good ?? response;
    if (isGood(response) && matcher.response(response)) good = response;
    return response;
  };
}

function stale(target: Target, matcher: Matcher): Target {
  const first = new Map<string, HttpResponse>();
  return async (request, options) => {
    if (!matcher.request(request)) return target(request, options);
    const known = first.get(request.target);
    if (known !== undefined) return known;
    const response = await target(request, options);
    if (isGood(response)) first.set(request.target, response);
    return response;
  };
}

function undead(target: Target, matcher: Matcher): Target {
  const last = new Map<string, HttpResponse>();
  return async (request, options) => {
    const response = await target(request, options);
    if (!matcher.operation(request) || request.method !== 'GET') return response;
    if (response.status === 404) return last.get(request.target) ?? response;
    if (isGood(response)) last.set(request.target, response);
    return response;
  };
}

function mix(target: Target, matcher: Matcher): Target {
  let latest = '';
  return async (request, options) => {
    if (!matcher.request(request)) return target(request, options);
    latest = request.target;
    await new Promise((resolve) => setTimeout(resolve, 10));
    return target({ ...request, target: latest }, options);
  };
}

function isGood({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}
