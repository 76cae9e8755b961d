import { type HttpRequest, parseCookies } from '../http/index.ts';

const longest = 200;

/** The session that a request belongs to: by header or cookie, else the one that all others share (`''`). */
export function sessionOf({ headers }: HttpRequest): string {
  const named = headers.get('x-apidouble-session');
  if (named !== undefined) return named.trim().slice(0, longest);
  const cookie = headers.get('cookie');
  if (cookie?.includes('apidouble-session') !== true) return '';
  const [, value = ''] = parseCookies(cookie).find(([name]) => name === 'apidouble-session') ?? [];
  return value.slice(0, longest);
}
