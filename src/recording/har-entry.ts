import {
  formDecode,
  type HeaderList,
  type HttpRequest,
  type HttpResponse,
  parseCookies,
  parseQuery,
  reasonOf,
  splitTarget,
  undoCoding,
} from '../http/index.ts';
import { type BodyText, bodyText, cutBytes } from './body-text.ts';
import type { LeftOut, RecordedExchange } from './recorded-exchange.ts';
import type { Redactor } from './redact.ts';
import { redactBody } from './redact-body.ts';

type Json = Readonly<Record<string, unknown>>;

/** How entries are written. */
export interface HarEntryOptions {
  /** Absent: nothing is hidden. */
  readonly redactor?: Redactor;
  /** Bytes of a body that are kept. */
  readonly bodyLimit: number;
}

/**
 * An exchange as an entry of a HAR 1.2. Content codings are undone, as browsers do it; bodies that are no text are base64,
 * those of requests with a comment that says so, because HAR has no member for it there.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function harEntry(recorded: RecordedExchange, options: HarEntryOptions): Json {
  const time = Math.max(0, recorded.milliseconds);
  const { request, response } = recorded.exchange;
  return {
    startedDateTime: new Date(recorded.startedAt).toISOString(),
    time,
    request: requestOf(request, recorded.requestLeftOut, options),
    response: responseOf(response, recorded.responseLeftOut, options),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}

function requestOf(request: HttpRequest, leftOut: LeftOut | undefined, options: HarEntryOptions): Json {
  const { redactor } = options;
  const { path, query } = splitTarget(request.target);
  const queryString = parseQuery(query).map(([rawName, rawValue]) => {
    const name = decoded(rawName);
    const value = decoded(rawValue);
    return { name, value: redactor?.query(name, value) ?? value };
  });
  const rawQuery = redactor?.rawQuery(query) ?? query;
  const hasBody = request.body.length > 0 || leftOut !== undefined;
  return {
    method: request.method,
    url: `${request.origin}${redactor?.path(path) ?? path}${query === '' ? '' : `?${rawQuery}`}`,
    httpVersion: 'HTTP/1.1',
    cookies: cookiesOf(request.headers, redactor),
    headers: fieldsOf(request.headers, redactor),
    queryString,
    headersSize: -1,
    bodySize: leftOut === undefined ? request.body.length : (leftOut.bytes ?? -1),
    ...(hasBody ? { postData: postDataOf(request, leftOut, options) } : {}),
  };
}

/** A text that cannot be decoded is left as it was sent. */
function decoded(text: string): string {
  return formDecode(text) ?? text;
}

function cookiesOf(headers: HeaderList, redactor: Redactor | undefined): Json[] {
  if (redactor !== undefined) return [];
  return parseCookies(headers.get('cookie') ?? '').map(([name, value]) => ({ name, value }));
}

function postDataOf(request: HttpRequest, leftOut: LeftOut | undefined, options: HarEntryOptions): Json {
  const { encoding, text, comment } = contentOf(request, leftOut, options);
  const notes = [encoding === 'base64' ? encoding : undefined, comment].filter((note) => note !== undefined);
  const mimeType = request.headers.get('content-type') ?? '';
  return { mimeType, text, ...(notes.length === 0 ? {} : { comment: notes.join('; ') }) };
}

function responseOf(response: HttpResponse, leftOut: LeftOut | undefined, options: HarEntryOptions): Json {
  const { encoding, text, comment, size } = contentOf(response, leftOut, options);
  const location = response.headers.get('location') ?? '';
  const bodySize = leftOut === undefined ? response.body.length : (leftOut.bytes ?? -1);
  return {
    status: response.status,
    statusText: response.reason ?? reasonOf(response.status),
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: fieldsOf(response.headers, options.redactor),
    content: {
      size,
      ...(size === bodySize || leftOut !== undefined ? {} : { compression: size - bodySize }),
      mimeType: response.headers.get('content-type') ?? '',
      text,
      ...(encoding === 'base64' ? { encoding } : {}),
      ...(comment === undefined ? {} : { comment }),
    },
    redirectURL: options.redactor?.text(location) ?? location,
    headersSize: -1,
    bodySize,
  };
}

function fieldsOf(headers: HeaderList, redactor: Redactor | undefined): Json[] {
  return [...headers].map(([name, value]) => ({ name, value: redactor?.header(name, value) ?? value }));
}

interface Content extends BodyText {
  /** Bytes without the content coding. */
  readonly size: number;
  readonly comment?: string;
}

function contentOf(
  message: { readonly headers: HeaderList; readonly body: Uint8Array },
  leftOut: LeftOut | undefined,
  { redactor, bodyLimit }: HarEntryOptions,
): Content {
  if (leftOut !== undefined) {
    return { text: '', encoding: 'utf8', size: leftOut.bytes ?? 0, comment: `left out: ${leftOut.reason}` };
  }
  const redacted = redactor === undefined ? { message } : redactBody(message, redactor);
  if ('leftOut' in redacted) return contentOf(message, redacted.leftOut, { bodyLimit });
  const uncoded = undoCoding(redacted.message);
  const { body } = 'message' in uncoded ? uncoded.message : redacted.message;
  const kept = bodyText(cutBytes(body, bodyLimit));
  const size = body.length;
  return size > bodyLimit ? { ...kept, size, comment: `cut; ${size} bytes in all` } : { ...kept, size };
}
