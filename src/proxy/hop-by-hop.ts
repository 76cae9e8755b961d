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

/** Those of a request beside: Host is the upstream's own, and what the client expects of us is done by us. */
const requestFields: ReadonlySet<string> = new Set([...connectionFields, 'host', 'expect']);

/** The fields of a request that go on to the upstream. */
export function forwardedRequest(headers: HeaderList): string[] {
  const passed = forwarded(headers.flat, requestFields);
  // The one word of TE that the upstream may know of, since trailers go through.
  // https://www.rfc-editor.org/rfc/rfc9110#section-10.1.4
  const te = headers.get('te');
  if (te !== undefined && /(?:^|,)\s*trailers\s*(?:$|[,;])/i.test(te)) passed.push('TE', 'trailers');
  return passed;
}

/** The fields of an answer that go on to the client. */
export function forwardedResponse(flat: readonly string[]): string[] {
  return forwarded(flat, connectionFields);
}

function forwarded(flat: readonly string[], dropped: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  let options = '';
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] as string;
    const value = flat[index + 1] as string;
    if (!mayBeDropped(name)) kept.push(name, value);
    else {
      const lower = name.toLowerCase();
      if (!dropped.has(lower)) kept.push(name, value);
      else if (lower === 'connection') options += `,${value}`;
    }
  }
  const named = namedOptions(options);
  return named === undefined ? kept : withoutNamed(kept, named);
}

/** Whether a name can be one of those above: told by its length, so that the others are not put into lower case. */
function mayBeDropped({ length }: string): boolean {
  return length < 8 || length === 10 || length > 15;
}

const usualOptions: ReadonlySet<string> = new Set(['', 'close', 'keep-alive', 'upgrade']);

/** Fields may be declared to be the connection's own by naming them in `Connection`. */
function namedOptions(connection: string): Set<string> | undefined {
  if (connection === '' || connection === ',keep-alive') return undefined;
  const words = connection
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
  const named = words.filter((word) => !usualOptions.has(word));
  return named.length === 0 ? undefined : new Set(named);
}

function withoutNamed(flat: readonly string[], named: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] as string;
    if (!named.has(name.toLowerCase())) kept.push(name, flat[index + 1] as string);
  }
  return kept;
}
