import { type HttpRequest, type HttpResponse, problem, type TargetOptions } from '../http/index.ts';
import { isLoopbackAddress, isLoopbackName, strangerIn } from './from-here.ts';

/**
 * Why a request to the admin pages is refused; `undefined` where it may pass. Only this machine may ask, unless others may too,
 * and no page of another site: a browser sends its `Origin` with whatever could change something. A page that made its own name
 * lead to this machine is known by the name. Behind a proxy on this machine, what the proxy says of the client counts too.
 */
export function refusalOfAdmin(
  request: HttpRequest,
  { peer }: TargetOptions,
  remote: boolean,
): HttpResponse | undefined {
  const origin = request.headers.get('origin');
  if (origin !== undefined && origin !== request.origin)
    return problem(403, { detail: `The admin pages do not answer pages of another origin ("${origin}").` });
  if (remote || peer === undefined) return undefined;
  const stranger = isLoopbackAddress(peer) ? strangerIn(request.headers) : peer;
  if (stranger !== undefined)
    return problem(403, {
      detail: `The admin pages answer this machine only, not "${stranger}". Start it with --admin-remote to change that.`,
    });
  const host = URL.canParse(request.origin) ? new URL(request.origin).hostname : '';
  if (isLoopbackName(host)) return undefined;
  return problem(403, {
    detail: `The admin pages do not answer under the name "${host}". Ask for localhost, or start it with --admin-remote.`,
  });
}
