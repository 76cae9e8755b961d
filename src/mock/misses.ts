import { HeaderList, type HttpResponse, noBody } from '../http/index.ts';
import { type Call, giveReason } from './call.ts';
import { mockProblem } from './problems.ts';

/** The answer where no path of the document fits: a 404 that names the nearest. */
export function notFoundProblem(call: Call): HttpResponse {
  const { match, request } = call;
  giveReason(call, ['status 404: no path of the document fits']);
  const near = match?.kind === 'not-found' ? match.nearest : undefined;
  const hint = near === undefined ? '' : ` The nearest is ${near.path}: ${near.reason}.`;
  return mockProblem(404, {
    code: 'route.not-found',
    detail: `The document has no path for ${request.target}.${hint}`,
  });
}

/** The answer where the path has other methods: a 405 with `Allow`; to OPTIONS a 204 with it. */
export function methodProblem(call: Call): HttpResponse {
  const { match, request } = call;
  const allow = match !== undefined && 'allow' in match ? match.allow.join(', ') : '';
  if (match?.kind === 'options') {
    giveReason(call, ['status 204: OPTIONS is answered for every path']);
    return { status: 204, headers: HeaderList.from({ Allow: allow }), body: noBody };
  }
  giveReason(call, ['status 405: the path has other methods']);
  const detail = `${request.target} does not have the method ${request.method}. It has: ${allow}.`;
  return mockProblem(405, { code: 'route.method-not-allowed', detail, headers: [['Allow', allow]] });
}
