import type { HttpRequest } from '../../http/index.ts';
import { parseCookies, parseQuery, percentDecode } from '../../http/index.ts';

/** A request as scenarios look at it: decoded values where the document declares them, texts where it does not. */
export interface Facts {
  readonly request: HttpRequest;
  /** By where they stood; only what the document declares. */
  readonly values: {
    readonly path: Readonly<Record<string, unknown>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly header: Readonly<Record<string, unknown>>;
    readonly cookie: Readonly<Record<string, unknown>>;
  };
  /** The decoded body; `undefined` where there was none. */
  readonly body: unknown;
}

/** A part of a request that is looked up by name. */
export type FactPlace = 'path' | 'query' | 'headers' | 'cookies';

/** A value of a request by place and name; `undefined` where it was not sent. */
export function factOf({ request, values }: Facts, place: FactPlace, name: string): unknown {
  switch (place) {
    case 'path':
      return own(values.path, name);
    case 'query':
      return own(values.query, name) ?? rawQuery(request.target, name);
    case 'headers':
      return own(values.header, name) ?? request.headers.get(name);
    case 'cookies':
      return own(values.cookie, name) ?? rawCookie(request.headers.get('cookie'), name);
    default:
      return place satisfies never;
  }
}

function own(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function rawQuery(target: string, name: string): unknown {
  const mark = target.indexOf('?');
  if (mark < 0) return undefined;
  const found = parseQuery(target.slice(mark + 1))
    .filter(([key]) => (percentDecode(key) ?? key) === name)
    .map(([, value]) => percentDecode(value.replaceAll('+', ' ')) ?? value);
  return found.length > 1 ? found : found[0];
}

function rawCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  return parseCookies(header).find(([key]) => key === name)?.[1];
}
