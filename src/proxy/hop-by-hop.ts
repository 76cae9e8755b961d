import type { HeaderList } from '../http/index.ts';

/**
 * Fields that belong to one connection and are not passed on. `Trailer` is passed, because trailers are.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const connectionFields: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** The fields of a request that go on to the upstream: Host is its own, and what the client expects of us is done by us. */
export function forwardedRequest(headers: HeaderList): string[] {
  const passed = forwarded(headers.flat, (name) => name === 'host' || name === 'expect');
  // The one word of TE that the upstream may know of, since trailers go through.
  // https://www.rfc-editor.org/rfc/rfc9110#section-10.1.4
  if (/(?:^|,)\s*trailers\s*(?:$|[,;])/i.test(headers.get('te') ?? '')) passed.push('TE', 'trailers');
  return passed;
}

/** The fields of an answer that go on to the client. */
export function forwardedResponse(flat: readonly string[]): string[] {
  return forwarded(flat, () => false);
}

function forwarded(flat: readonly string[], isDropped: (name: string) => boolean): string[] {
  const named = namedByConnection(flat);
  const kept: string[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] as string;
    const lower = name.toLowerCase();
    if (connectionFields.has(lower) || isDropped(lower) || named?.has(lower) === true) continue;
    kept.push(name, flat[index + 1] as string);
  }
  return kept;
}

const usualOptions: ReadonlySet<string> = new Set(['close', 'keep-alive', 'upgrade']);

/** Fields may be declared to be the connection's own by naming them in it. */
function namedByConnection(flat: readonly string[]): Set<string> | undefined {
  let named: Set<string> | undefined;
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] as string;
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    for (const option of (flat[index + 1] as string).toLowerCase().split(',')) {
      const word = option.trim();
      if (!usualOptions.has(word)) named = (named ?? new Set()).add(word);
    }
  }
  return named;
}
