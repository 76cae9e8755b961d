import { isLoopbackAddress, isLoopbackName } from '../server/index.ts';

/** Where a request came from, and the scheme and authority under which the proxy was found. */
export interface Caller {
  readonly peer: string | undefined;
  readonly origin: string;
}

/**
 * What an upstream is told of a caller who is not this machine under its own name. To an upstream on this machine each request comes
 * from here, and it may trust that, as the admin pages of a mock do; a name that leads here may be the name of a page in a browser
 * that nobody trusts. Flat: name, value; empty where there is nothing to tell.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7239#section-4
 */
export function forwardedField({ peer, origin }: Caller): readonly string[] {
  if (peer === undefined) return unknown;
  if (!isLoopbackAddress(peer)) return ['Forwarded', `for=${peer.includes(':') ? `"[${peer}]"` : peer}`];
  return isLoopbackName(origin.replace(schemeAndPort, '')) ? nothing : unknown;
}

const schemeAndPort = /^https?:\/\/|:\d*$/g;
const nothing: readonly string[] = [];
const unknown: readonly string[] = ['Forwarded', 'for=unknown'];
