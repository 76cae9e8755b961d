import { ApidoubleError, counted } from '../core/index.ts';
import { parseSource } from '../document/index.ts';
import { HeaderList, type HttpRequest, type HttpResponse, noBody, parseMediaType } from '../http/index.ts';
import type { LeftOut, RecordedExchange } from './recorded-exchange.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a HAR holds. */
export interface HarReading {
  readonly exchanges: readonly RecordedExchange[];
  /** What a person should know of it. */
  readonly notes: readonly string[];
}

/**
 * Reads a HAR 1.1 or 1.2 as browsers and tools write it: bodies have their content coding undone there, names are in small letters,
 * and requests that failed have the status 0. Throws `ERR_RECORDING` with the place that is wrong.
 */
export function readHar(text: string, file: string): HarReading {
  const { entries, creator } = logOf(parse(text, file), file);
  const exchanges: RecordedExchange[] = [];
  const left = { unanswered: 0, foreign: 0 };
  for (const [index, entry] of entries.entries()) {
    const place = new Place(file, `log.entries[${index}]`);
    const recorded = readEntry(place.object(entry, ''), place);
    if (typeof recorded === 'string') left[recorded] += 1;
    else exchanges.push(recorded);
  }
  const notes: string[] = [];
  const wereLeft = (count: number): string => `${count === 1 ? 'was' : 'were'} left out`;
  const { unanswered, foreign } = left;
  if (unanswered > 0)
    notes.push(`${counted(unanswered, 'request')} of the HAR got no answer and ${wereLeft(unanswered)}.`);
  if (foreign > 0)
    notes.push(`${counted(foreign, 'request')} of the HAR had no http URL and ${wereLeft(foreign)}.`);
  if (creator !== chrome || exchanges.some(hasCredentials)) return { exchanges, notes };
  notes.push(
    'The HAR has no credentials, as browsers write it by default: whether they were sent is not judged.',
  );
  return { exchanges: exchanges.map((one) => ({ ...one, credentialsLeftOut: true })), notes };
}

/** How Chrome and its kin call themselves in a HAR. They leave credentials out unless they are told to export sensitive data. */
const chrome = 'WebInspector';

function hasCredentials({ exchange: { request, response } }: RecordedExchange): boolean {
  return (
    request.headers.has('authorization') ||
    request.headers.has('cookie') ||
    response.headers.has('set-cookie')
  );
}

function parse(text: string, file: string): unknown {
  try {
    return parseSource(text.replace(/^\ufeff/, ''), { uri: file, file }).root;
  } catch (error) {
    if (!(error instanceof ApidoubleError)) throw error;
    const reason = error.message
      .replace(/^Cannot read document "[^"]*": /, '')
      .replace(/ Correct the syntax.*$/, '');
    const at = error.location === undefined ? '' : `:${error.location.line}:${error.location.column}`;
    throw harError(file, `it is no JSON: ${reason}`, at);
  }
}

interface HarLog {
  readonly entries: readonly unknown[];
  readonly creator: unknown;
}

function logOf(root: unknown, file: string): HarLog {
  const log = isObject(root) ? root.log : undefined;
  const { entries, creator } = isObject(log) ? log : {};
  if (Array.isArray(entries)) return { entries, creator: isObject(creator) ? creator.name : undefined };
  throw harError(file, 'it has no list log.entries, so it is neither a HAR nor a recording of ours');
}

/** Where in a HAR something is read, for the errors. */
class Place {
  readonly #file: string;
  readonly #entry: string;

  constructor(file: string, entry: string) {
    this.#file = file;
    this.#entry = entry;
  }

  object(value: unknown, name: string): Json {
    if (isObject(value)) return value;
    throw this.fault(name, 'is no object');
  }

  text(value: unknown, name: string): string {
    if (typeof value === 'string') return value;
    throw this.fault(name, 'is no text');
  }

  fault(name: string, reason: string): ApidoubleError {
    return harError(this.#file, `${this.#entry}${name === '' ? '' : `.${name}`} ${reason}`);
  }
}

/** An exchange; or why it is none: it failed (0, or -1 as Playwright has it), or was no HTTP (`data:`, `chrome-extension:`). */
function readEntry(entry: Json, place: Place): RecordedExchange | 'unanswered' | 'foreign' {
  const asked = place.object(entry.request, 'request');
  if (/^(?!https?:|wss?:)[a-z][a-z0-9+.-]*:/i.test(place.text(asked.url, 'request.url'))) return 'foreign';
  if (entry.response === undefined || entry.response === null) return 'unanswered';
  const answered = place.object(entry.response, 'response');
  const status = Number(answered.status);
  if (!Number.isInteger(status) || status > 999) throw place.fault('response.status', 'is no status');
  if (status < 100) return 'unanswered';
  const request = readRequest(asked, place);
  const response = readResponse(answered, status, place);
  return {
    exchange: { request: request.message, response: response.message },
    startedAt: Date.parse(String(entry.startedDateTime)) || 0,
    milliseconds: Math.max(0, Number(entry.time) || 0),
    ...(request.leftOut === undefined ? {} : { requestLeftOut: request.leftOut }),
    ...(response.leftOut === undefined ? {} : { responseLeftOut: response.leftOut }),
  };
}

interface Read<Message> {
  readonly message: Message;
  readonly leftOut?: LeftOut | undefined;
}

function readRequest(asked: Json, place: Place): Read<HttpRequest> {
  const url = place.text(asked.url, 'request.url');
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)([^#]*)/i.exec(url);
  if (match === null) throw place.fault('request.url', `is no absolute URL: ${url.slice(0, 100)}`);
  const [, origin = '', rest = ''] = match;
  const headers = readFields(asked.headers, 'request.headers', place);
  const { body, leftOut } = readPostData(asked.postData, headers, place);
  const message: HttpRequest = {
    method: place.text(asked.method, 'request.method'),
    origin,
    target: rest.startsWith('/') ? rest : `/${rest}`,
    headers: plainFields(headers, body),
    body,
  };
  return { message, leftOut };
}

function readResponse(answered: Json, status: number, place: Place): Read<HttpResponse> {
  const headers = readFields(answered.headers, 'response.headers', place);
  const { statusText, content } = answered;
  const { body, leftOut } = readContent(content, headers, place);
  const message: HttpResponse = {
    status,
    ...(typeof statusText === 'string' && statusText !== '' ? { reason: statusText } : {}),
    headers: plainFields(headers, body),
    body,
  };
  return { message, leftOut };
}

function readFields(fields: unknown, name: string, place: Place): HeaderList {
  if (!Array.isArray(fields)) throw place.fault(name, 'is no list');
  const flat: string[] = [];
  for (const [index, field] of fields.entries()) {
    const one = place.object(field, `${name}[${index}]`);
    const key = place.text(one.name, `${name}[${index}].name`);
    // HTTP/2 has the request line among the fields.
    if (!key.startsWith(':')) flat.push(key, place.text(one.value, `${name}[${index}].value`));
  }
  return new HeaderList(flat);
}

/** The framing was the wire's; the coding too, where the body has it undone. */
function plainFields(headers: HeaderList, body: Uint8Array): HeaderList {
  const plain = headers.without('transfer-encoding').without('content-length').without('connection');
  const coding = headers.get('content-encoding')?.trim().toLowerCase();
  const isCoded = coding === 'gzip' && body[0] === 0x1f && body[1] === 0x8b;
  return isCoded ? plain : plain.without('content-encoding');
}

interface ReadBody {
  readonly body: Uint8Array;
  readonly leftOut?: LeftOut;
}

function readPostData(data: unknown, headers: HeaderList, place: Place): ReadBody {
  if (data === undefined || data === null) return { body: noBody };
  const { text, params, comment, encoding } = place.object(data, 'request.postData');
  const note = typeof comment === 'string' ? comment : '';
  const missing = leftOutOf(note);
  if (missing !== undefined) return { body: noBody, leftOut: missing };
  if (typeof text === 'string' && (text !== '' || !Array.isArray(params))) {
    const isBase64 = encoding === 'base64' || /^base64\b/.test(note);
    return { body: isBase64 ? Buffer.from(text, 'base64') : encode(text, headers) };
  }
  if (!Array.isArray(params) || params.length === 0) return { body: noBody };
  const type = parseMediaType(headers.get('content-type') ?? '')?.essence;
  if (type !== 'application/x-www-form-urlencoded')
    return { body: noBody, leftOut: { reason: 'is not in the HAR as it was sent' } };
  const form = new URLSearchParams();
  for (const param of params) if (isObject(param)) form.append(String(param.name), String(param.value ?? ''));
  return { body: Buffer.from(form.toString()) };
}

function readContent(content: unknown, headers: HeaderList, place: Place): ReadBody {
  if (content === undefined || content === null) return { body: noBody };
  const { text, encoding, size, comment } = place.object(content, 'response.content');
  const missing = leftOutOf(typeof comment === 'string' ? comment : '');
  if (missing !== undefined) return { body: noBody, leftOut: missing };
  if (typeof text === 'string' && text !== '')
    return { body: encoding === 'base64' ? Buffer.from(text, 'base64') : encode(text, headers) };
  if (typeof size === 'number' && size > 0 && typeof text !== 'string')
    return { body: noBody, leftOut: { bytes: size, reason: 'is not in the HAR' } };
  // Playwright knows no size of what it was told to leave out.
  if (typeof size === 'number' && size < 0) return { body: noBody, leftOut: { reason: 'is not in the HAR' } };
  return { body: noBody };
}

/** What our own HARs say of bodies that they do not hold. */
function leftOutOf(comment: string): LeftOut | undefined {
  const cut = /(?:^|; )cut; (\d+) bytes in all$/.exec(comment)?.[1];
  if (cut !== undefined) return { bytes: Number(cut), reason: 'is cut in the HAR' };
  const reason = /(?:^|; )left out: (.*)$/.exec(comment)?.[1];
  return reason === undefined ? undefined : { reason };
}

/** The text in the character set that its Content-Type names, as far as node knows it. */
function encode(text: string, headers: HeaderList): Uint8Array {
  const charset = parseMediaType(headers.get('content-type') ?? '')
    ?.parameters.get('charset')
    ?.toLowerCase();
  const isLatin = charset === 'iso-8859-1' || charset === 'latin1' || charset === 'windows-1252';
  return Buffer.from(text, isLatin ? 'latin1' : 'utf8');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function harError(file: string, reason: string, at = ''): ApidoubleError {
  return new ApidoubleError(
    'ERR_RECORDING',
    `Cannot read recording "${file}${at}": ${reason}. Give a HAR, or what --record wrote.`,
  );
}
