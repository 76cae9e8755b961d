import { type HttpResponse, problem } from '../http/index.ts';
import type { Call } from './call.ts';

/** Why a request is refused by its header alone; `undefined` where it may be read on. */
export function refusalOfHead({ house, incoming }: Call): HttpResponse | undefined {
  const { maxUrlBytes, headersCount } = house.limits;
  if ((incoming.url?.length ?? 0) > maxUrlBytes) {
    return problem(414, {
      detail: `Cannot take the request target: it is longer than ${maxUrlBytes} bytes. Shorten it.`,
    });
  }
  if (incoming.rawHeaders.length > headersCount * 2) {
    const count = incoming.rawHeaders.length / 2;
    return problem(431, {
      detail: `Cannot take ${count} header fields: the limit is ${headersCount}. Send fewer.`,
    });
  }
  // https://www.rfc-editor.org/rfc/rfc9112#section-3.2-6
  if (incoming.headers.host === undefined && incoming.httpVersionMinor === 1) {
    return problem(400, { detail: 'Cannot take the request: it has no Host. Send the header.' });
  }
  return undefined;
}

/** Where a request goes. */
export interface Destination {
  /** In origin form. */
  readonly target: string;
  /** Scheme and authority. */
  readonly origin: string;
}

/** Reads target and origin; `undefined` where the one is in no known form, or the other no authority. */
export function destinationOf({
  house,
  connection,
  incoming,
}: Pick<Call, 'house' | 'connection' | 'incoming'>): Destination | undefined {
  const url = incoming.url ?? '/';
  const isOwn = url.charCodeAt(0) === 47 || (url === '*' && incoming.method === 'OPTIONS');
  if (!isOwn) return absoluteForm(url);
  const host = incoming.headers.host;
  if (host === undefined || host === '') return { target: url, origin: house.origin };
  if (host !== connection.host) {
    const origin = `${house.scheme}://${host}`;
    if (!isAuthority(host)) return undefined;
    connection.host = host;
    connection.origin = origin;
  }
  return { target: url, origin: connection.origin };
}

// What proxies are sent, and every server must take; the Host header does not count beside it.
// https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
function absoluteForm(url: string): Destination | undefined {
  const match = /^(https?:\/\/)([^/?#]+)/i.exec(url);
  if (match === null || !isAuthority(match[2] as string)) return undefined;
  const rest = url.slice(match[0].length);
  return { target: rest.startsWith('/') ? rest : `/${rest}`, origin: match[0] };
}

function isAuthority(host: string): boolean {
  return /^[^\s/?#\\@]+$/.test(host) && URL.canParse(`http://${host}`);
}
