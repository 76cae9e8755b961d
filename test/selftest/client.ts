import { type Exchange, HeaderList, noBody, type Target } from '../../src/http/index.ts';
import { credentials } from './server/credentials.ts';

/** A request in short: a method and a target below `/api`, as `admin` where nothing else is said. */
export interface Ask {
  readonly as?: 'admin' | 'reader' | 'nobody';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is text or bytes. */
  readonly body?: unknown;
  /** Default `application/json`, where there is a body. */
  readonly type?: string;
}

/** An answer, with its body read. */
export interface Answer {
  readonly status: number;
  readonly exchange: Exchange;
  /** The body as text. */
  readonly text: string;
  /** A place in the JSON body, by its keys (`results.0.title`); `undefined` where it is not there. No path: all of it. */
  at(path?: string): unknown;
  header(name: string): string | undefined;
}

/** Sends `GET /books`. */
export type Client = (line: string, ask?: Ask) => Promise<Answer>;

/** A client of a target; every exchange is given to `seen` too. */
export function createClient(target: Target, seen?: (exchange: Exchange) => void): Client {
  return async (line, ask = {}) => {
    const request = makeRequest(line, ask);
    const response = await target(request);
    seen?.({ request, response });
    const text = Buffer.from(response.body).toString('utf8');
    const header = (name: string): string | undefined => response.headers.get(name);
    return {
      status: response.status,
      exchange: { request, response },
      text,
      at: (path) => placeIn(parsed(text), path),
      header,
    };
  };
}

function makeRequest(line: string, ask: Ask): Exchange['request'] {
  const blank = line.indexOf(' ');
  const body = bytesOf(ask.body);
  const fields: Record<string, string> = {};
  if (ask.as !== 'nobody') fields.Authorization = `Bearer ${credentials[ask.as ?? 'admin']}`;
  if (ask.body !== undefined) fields['Content-Type'] = ask.type ?? 'application/json';
  return {
    method: line.slice(0, blank),
    target: `/api${line.slice(blank + 1)}`,
    origin: 'http://room.test',
    headers: HeaderList.from({ ...fields, ...ask.headers }),
    body,
  };
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return noBody;
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function placeIn(value: unknown, path: string | undefined): unknown {
  let found = value;
  for (const key of path?.split('.') ?? []) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.hasOwn(found, key) ? (found as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  return found;
}
