import { wellFormed } from '../../core/index.ts';
import {
  type Exchange,
  formDecode,
  type HeaderList,
  type HttpRequest,
  parseQuery,
  reasonOf,
  splitTarget,
} from '../../http/index.ts';
import { createRedactor, type Redactor, type Secrets } from './redact.ts';

export interface HarOptions {
  /** Of Apidouble. */
  readonly version: string;
  readonly secrets?: Secrets;
  /** The most exchanges that are kept; later ones are counted only. Default 10,000. */
  readonly mostExchanges?: number;
  /** The most bytes of bodies that are kept in all; later bodies are left out. Default 64 MiB. */
  readonly mostBytes?: number;
}

/** Collects exchanges; `render` gives them as HAR. */
export interface HarRecording {
  add(exchange: Exchange, milliseconds: number, startedAt: Date): void;
  render(): string;
}

type Json = Readonly<Record<string, unknown>>;

const bodyLimit = 64 * 1024;

/**
 * A bounded recording of a run in HAR 1.2, without credentials. Bodies that are no text are base64, those of requests
 * with a comment that says so, because HAR has no member for it there.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function createHarRecording(options: HarOptions): HarRecording {
  const { mostExchanges = 10_000, mostBytes = 64 * 1024 * 1024 } = options;
  const redactor = createRedactor(options.secrets);
  const entries: Json[] = [];
  let bytes = 0;
  let lost = 0;
  return {
    add(exchange, milliseconds, startedAt) {
      if (entries.length >= mostExchanges || bytes >= mostBytes) {
        lost += 1;
        return;
      }
      bytes += Math.min(bodyLimit, exchange.request.body.length);
      bytes += Math.min(bodyLimit, exchange.response.body.length);
      entries.push(entryOf(exchange, { milliseconds, startedAt, redactor }));
    },
    render() {
      const creator = { name: 'apidouble', version: options.version };
      const comment = lost === 0 ? {} : { comment: `${lost} later exchanges were left out` };
      return `${JSON.stringify({ log: { version: '1.2', creator, entries, ...comment } }, null, 1)}\n`;
    },
  };
}

interface Context {
  readonly milliseconds: number;
  readonly startedAt: Date;
  readonly redactor: Redactor;
}

function entryOf(exchange: Exchange, { milliseconds, startedAt, redactor }: Context): Json {
  const time = Math.max(0, milliseconds);
  return {
    startedDateTime: startedAt.toISOString(),
    time,
    request: requestOf(exchange.request, redactor),
    response: responseOf(exchange, redactor),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}

function requestOf(request: HttpRequest, redactor: Redactor): Json {
  const { path, query } = splitTarget(request.target);
  const queryString = parseQuery(query).map(([rawName, rawValue]) => {
    const name = decoded(rawName);
    return { name, value: redactor.query(name, decoded(rawValue)) };
  });
  const { body } = request;
  return {
    method: request.method,
    url: `${request.origin}${redactor.text(path)}${query === '' ? '' : `?${redactedQuery(query, redactor)}`}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: fieldsOf(request.headers, redactor),
    queryString,
    headersSize: -1,
    bodySize: body.length,
    ...(body.length === 0 ? {} : { postData: postDataOf(request, redactor) }),
  };
}

/** Pair by pair, so that what is no secret stays as it was on the wire. */
function redactedQuery(query: string, redactor: Redactor): string {
  const pairs = parseQuery(query).map(([name, value]) => {
    const plain = decoded(value);
    const kept = redactor.query(decoded(name), plain);
    return `${name}=${kept === plain ? value : encodeURIComponent(wellFormed(kept))}`;
  });
  return pairs.join('&');
}

/** A text that cannot be decoded is left as it was sent. */
function decoded(text: string): string {
  return formDecode(text) ?? text;
}

function responseOf({ response }: Exchange, redactor: Redactor): Json {
  const { encoding, text, comment } = contentOf(response.body, redactor);
  return {
    status: response.status,
    statusText: response.reason ?? reasonOf(response.status),
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: fieldsOf(response.headers, redactor),
    content: {
      size: response.body.length,
      mimeType: response.headers.get('content-type') ?? '',
      text,
      ...(encoding === undefined ? {} : { encoding }),
      ...(comment === undefined ? {} : { comment }),
    },
    redirectURL: redactor.text(response.headers.get('location') ?? ''),
    headersSize: -1,
    bodySize: response.body.length,
  };
}

function postDataOf(request: HttpRequest, redactor: Redactor): Json {
  const { encoding, text, comment } = contentOf(request.body, redactor);
  const notes = [encoding, comment].filter((note) => note !== undefined).join('; ');
  const mimeType = request.headers.get('content-type') ?? '';
  return { mimeType, text, ...(notes === '' ? {} : { comment: notes }) };
}

function fieldsOf(headers: HeaderList, redactor: Redactor): Json[] {
  return [...headers].map(([name, value]) => ({ name, value: redactor.header(name, value) }));
}

interface Content {
  readonly text: string;
  readonly encoding?: 'base64';
  readonly comment?: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function contentOf(body: Uint8Array, redactor: Redactor): Content {
  const kept = body.subarray(0, bodyLimit);
  const comment = body.length > bodyLimit ? { comment: `cut; ${body.length} bytes in all` } : {};
  try {
    return { text: redactor.text(utf8.decode(kept, { stream: body.length > bodyLimit })), ...comment };
  } catch {
    return { text: Buffer.from(kept).toString('base64'), encoding: 'base64', ...comment };
  } finally {
    resetDecoder();
  }
}

/** A cut character that the decoder still holds must not come out at the start of the next body. */
function resetDecoder(): void {
  try {
    utf8.decode();
  } catch {
    // The rest of a cut character is meant to be lost.
  }
}
