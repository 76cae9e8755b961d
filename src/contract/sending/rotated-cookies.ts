import { type Exchange, parseCookies } from '../../http/index.ts';

/** A cookie that an answer sets. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
}

/**
 * The cookies that an answer sets in the place of those that its request brought. A server that knows none of them, or that ends a
 * session, sets others too: they are nobody's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5.3
 */
export function rotatedCookies(
  { request, response }: Exchange,
  isOwn: (cookie: SetCookie) => boolean,
): readonly SetCookie[] {
  if (response.status === 401) return [];
  const brought = new Map(parseCookies(request.headers.get('cookie') ?? ''));
  const found: SetCookie[] = [];
  for (const field of response.headers.getAll('set-cookie')) {
    const [pair = '', ...attributes] = field.split(';');
    const [[name, value] = []] = parseCookies(pair);
    if (name === undefined || value === undefined || value === '' || isRemoval(attributes)) continue;
    const old = brought.get(name);
    if (old !== undefined && old !== value && isOwn({ name, value: old })) found.push({ name, value });
  }
  return found;
}

/** Max-Age wins over Expires. A date of the past is one of the last century, whatever the clocks say. */
function isRemoval(attributes: readonly string[]): boolean {
  const attribute = (wanted: string): string | undefined =>
    parseCookies(attributes.join(';')).find(([name]) => name.toLowerCase() === wanted)?.[1];
  const age = attribute('max-age');
  if (age !== undefined) return Number(age) <= 0;
  const expires = Date.parse(attribute('expires') ?? '');
  return !Number.isNaN(expires) && expires < Date.UTC(2000, 0, 1);
}
