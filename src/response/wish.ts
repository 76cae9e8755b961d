import { type HttpRequest, parsePrefer, parseQuery, percentDecode } from '../http/index.ts';

/** What a request asks of the mock itself: Prism's overrides. */
export interface Wish {
  readonly status?: number;
  readonly example?: string;
  readonly dynamic?: boolean;
  /** Milliseconds that the answer is held back. */
  readonly wait?: number;
  readonly seed?: string;
  /** The server of the document that is meant, as its URL is written there. */
  readonly server?: string;
  /** Whether the answer's reason is wanted in a header. */
  readonly explain?: boolean;
  /** Media type that a handler asks for, in place of the Accept header. */
  readonly mediaType?: string;
  /** What could not be understood: the answer is then a 422. */
  readonly fault?: string;
}

/** Seconds that a request may have its answer held back. */
const longestWait = 60;

/** The wish of a request that asks for nothing: always this very object. */
export const noWish: Wish = {};

/**
 * Reads `Prefer: code=404, example=dog, dynamic=true, seed=abc, wait=1.5`, or, where there is no such header, the query
 * parameters `__code`, `__example`, `__dynamic`, `__seed` and `__wait`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240
 */
export function readWish(request: HttpRequest): Wish {
  const prefer = request.headers.getAll('prefer');
  if (prefer.length > 0) return wishOf((name) => parsePrefer(prefer).get(name));
  const start = request.target.indexOf('?');
  if (start < 0 || !request.target.includes('__', start)) return noWish;
  const query = new Map<string, string>();
  for (const [name, value] of parseQuery(request.target.slice(start + 1))) {
    if (name.startsWith('__')) query.set(name.slice(2), percentDecode(value) ?? value);
  }
  return wishOf((name) => query.get(name));
}

function wishOf(read: (name: string) => string | undefined): Wish {
  const [code, example, dynamic, seed] = [read('code'), read('example'), read('dynamic'), read('seed')];
  const [explain, server, wait] = [read('explain'), read('server'), read('wait')];
  // No final answer has a status below 200: https://www.rfc-editor.org/rfc/rfc9110#section-15.2
  if (code !== undefined && !/^[2-5]\d\d$/.test(code)) {
    return { fault: `Cannot prefer the code "${code}": a status code has three digits, from 200 to 599` };
  }
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false') {
    return { fault: `Cannot prefer dynamic "${dynamic}": it is either true or false` };
  }
  if (wait !== undefined && !(/^\d{1,2}(?:\.\d{1,3})?$/.test(wait) && Number(wait) <= longestWait)) {
    return { fault: `Cannot wait "${wait}": it is a number of seconds from 0 to ${longestWait}` };
  }
  return {
    ...(wait === undefined || Number(wait) === 0 ? {} : { wait: Number(wait) * 1000 }),
    ...(code === undefined ? {} : { status: Number(code) }),
    ...(example === undefined ? {} : { example }),
    ...(dynamic === undefined ? {} : { dynamic: dynamic === 'true' }),
    ...(seed === undefined ? {} : { seed }),
    ...(server === undefined ? {} : { server }),
    ...(explain === undefined || explain === 'false' ? {} : { explain: true }),
  };
}
