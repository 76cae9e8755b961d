import { type Exchange, HeaderList, noBody } from '../http/index.ts';
import { bodyText } from './body-text.ts';
import type { LeftOut, RecordedExchange } from './recorded-exchange.ts';
import type { Redactor } from './redact.ts';
import { redactBody } from './redact-body.ts';
import { redactTarget } from './redact-exchange.ts';

/** What the first line of a recording says. */
export const recordingMark: { readonly apidouble: 'recording'; readonly version: 1 } = {
  apidouble: 'recording',
  version: 1,
};

/** A body in a line: its text, its bytes in base64, the file beside the recording that holds it, or why it is not there. */
export type LineBody =
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly file: string }
  | { readonly leftOut: string; readonly bytes?: number };

interface LineMessage {
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: LineBody;
}

/** One exchange as it stands in a recording of JSON lines. */
export interface RecordingLine {
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly request: LineMessage & {
    readonly method: string;
    readonly origin: string;
    readonly target: string;
  };
  readonly response: LineMessage & {
    readonly status: number;
    readonly reason?: string;
    readonly trailers?: readonly (readonly [string, string])[];
  };
}

/** Where long bodies go and come from. */
export interface BodyStore {
  /** Keeps a body and gives the name of its file. */
  put(body: Uint8Array, side: 'request' | 'response'): string;
}

/** The longest body that stands in the line itself. */
const longestInline: number = 64 * 1024;

/** Writes an exchange as a line (without its end). Long bodies go to the store. */
export function encodeLine(
  recorded: RecordedExchange,
  { redactor, store }: { readonly redactor: Redactor | undefined; readonly store: BodyStore },
): string {
  const { exchange, startedAt, milliseconds, trailers } = recorded;
  const fields = (headers: Iterable<readonly [string, string]>): (readonly [string, string])[] =>
    [...headers].map(([name, value]) => [name, redactor?.header(name, value) ?? value]);
  const message = (side: 'request' | 'response', leftOut: LeftOut | undefined): LineMessage => {
    const given = exchange[side];
    const redacted =
      redactor === undefined || leftOut !== undefined ? { message: given } : redactBody(given, redactor);
    const { headers, body } = 'message' in redacted ? redacted.message : given;
    const encoded = encodeBody(body, 'message' in redacted ? leftOut : redacted.leftOut, (bytes) =>
      store.put(bytes, side),
    );
    return { headers: fields(headers), ...(encoded === undefined ? {} : { body: encoded }) };
  };
  const { method, origin, target } = exchange.request;
  const { status, reason } = exchange.response;
  const line: RecordingLine = {
    startedAt: new Date(startedAt).toISOString(),
    milliseconds: Math.round(milliseconds * 1000) / 1000,
    request: {
      method,
      origin,
      target: redactor === undefined ? target : redactTarget(target, redactor),
      ...message('request', recorded.requestLeftOut),
    },
    response: {
      status,
      ...(reason === undefined ? {} : { reason }),
      ...message('response', recorded.responseLeftOut),
      ...(trailers === undefined ? {} : { trailers: fields(trailers) }),
    },
  };
  return JSON.stringify(line);
}

function encodeBody(
  body: Uint8Array,
  leftOut: LeftOut | undefined,
  put: (body: Uint8Array) => string,
): LineBody | undefined {
  if (leftOut !== undefined) {
    const { reason, bytes } = leftOut;
    return { leftOut: reason, ...(bytes === undefined ? {} : { bytes }) };
  }
  if (body.length === 0) return undefined;
  if (body.length > longestInline) return { file: put(body) };
  const { text, encoding } = bodyText(body);
  return encoding === 'utf8' ? { text } : { base64: text };
}

/** Reads a line. Throws a plain `Error` that says what is wrong where it is none. */
export function decodeLine(text: string, readFile: (name: string) => Uint8Array): RecordedExchange {
  const line = parseLine(text);
  const request = decodeBody(line.request.body, readFile);
  const response = decodeBody(line.response.body, readFile);
  const { method, origin, target } = line.request;
  const { status, reason, trailers } = line.response;
  const exchange: Exchange = {
    request: { method, origin, target, headers: HeaderList.from(line.request.headers), body: request.body },
    response: {
      status,
      ...(reason === undefined ? {} : { reason }),
      headers: HeaderList.from(line.response.headers),
      body: response.body,
    },
  };
  return {
    exchange,
    startedAt: Date.parse(line.startedAt),
    milliseconds: line.milliseconds,
    ...(trailers === undefined ? {} : { trailers }),
    ...(request.leftOut === undefined ? {} : { requestLeftOut: request.leftOut }),
    ...(response.leftOut === undefined ? {} : { responseLeftOut: response.leftOut }),
  };
}

interface DecodedBody {
  readonly body: Uint8Array;
  readonly leftOut?: LeftOut;
}

function decodeBody(body: LineBody | undefined, readFile: (name: string) => Uint8Array): DecodedBody {
  if (body === undefined) return { body: noBody };
  if ('text' in body) return { body: Buffer.from(body.text) };
  if ('base64' in body) return { body: Buffer.from(body.base64, 'base64') };
  if ('file' in body) return { body: readFile(body.file) };
  return {
    body: noBody,
    leftOut: { reason: body.leftOut, ...(body.bytes === undefined ? {} : { bytes: body.bytes }) },
  };
}

function parseLine(text: string): RecordingLine {
  const line = JSON.parse(text) as Partial<RecordingLine> | null;
  if (typeof line !== 'object' || line === null) throw new Error('it is no object');
  const { request, response } = line;
  if (typeof request !== 'object' || request === null) throw new Error('it has no request');
  if (typeof response !== 'object' || response === null) throw new Error('it has no response');
  for (const name of ['method', 'origin', 'target'] as const) {
    if (typeof request[name] !== 'string') throw new Error(`request.${name} is no text`);
  }
  if (!Number.isInteger(response.status)) throw new Error('response.status is no whole number');
  checkFields('request.headers', request.headers);
  checkFields('response.headers', response.headers);
  if (response.trailers !== undefined) checkFields('response.trailers', response.trailers);
  checkBody('request.body', request.body);
  checkBody('response.body', response.body);
  if (Number.isNaN(Date.parse(line.startedAt ?? ''))) throw new Error('startedAt is no date-time');
  return { milliseconds: 0, ...line } as RecordingLine;
}

function checkFields(name: string, fields: unknown): void {
  const isField = (one: unknown): boolean =>
    Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === 'string');
  if (!Array.isArray(fields) || !fields.every(isField))
    throw new Error(`${name} is no list of pairs of texts`);
}

function checkBody(name: string, body: unknown): void {
  if (body === undefined) return;
  const isBody =
    typeof body === 'object' &&
    body !== null &&
    (['text', 'base64', 'file', 'leftOut'] as const).some(
      (key) => key in body && typeof (body as Record<string, unknown>)[key] === 'string',
    );
  if (!isBody) throw new Error(`${name} has none of text, base64, file and leftOut`);
}
