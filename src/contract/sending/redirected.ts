import { HeaderList, type HttpRequest, noBody } from '../../http/index.ts';
import type { Answered } from './outcome.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

/** The request that a redirect leads to, where it stays with the same origin. No other host is ever talked to. */
export function redirected(outcome: Answered): HttpRequest | undefined {
  const { request, response } = outcome.exchange;
  const location = response.headers.get('location');
  if (!redirects.has(response.status) || location === undefined) return undefined;
  if (!URL.canParse(location, request.origin + request.target)) return undefined;
  const url = new URL(location, request.origin + request.target);
  if (url.origin !== new URL(request.origin).origin) return undefined;
  const target = url.pathname + url.search;
  if (target === request.target) return undefined;
  const asGet = response.status === 303 && request.method !== 'HEAD';
  if (!asGet) return { ...request, target };
  return {
    ...request,
    method: 'GET',
    target,
    body: noBody,
    headers: new HeaderList(request.headers.without('content-type').flat),
  };
}
