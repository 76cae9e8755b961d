import { type Exchange, type HttpResponse, isJson, parseMediaType } from '../../http/index.ts';
import { createBodyCodec } from '../../wire/index.ts';

/** What is wrong with a response as a message, whatever the document says. */
export function wireFaults({ request, response }: Exchange): string[] {
  const faults: string[] = [];
  const { status, body, headers } = response;
  const bodiless = status === 204 || status === 304 || request.method === 'HEAD';
  if (bodiless && body.length > 0)
    faults.push(`a ${request.method} answered ${status} has a body of ${body.length} bytes`);
  const length = headers.get('content-length');
  if (length !== undefined && !bodiless && Number(length) !== body.length) {
    faults.push(`Content-Length says ${length}, the body has ${body.length} bytes`);
  }
  if (status === 204 && length !== undefined && length !== '0') faults.push('a 204 has a Content-Length');
  return faults;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3 */
export function lacksMediaType({ request, response: { body, headers } }: Exchange): boolean {
  return request.method !== 'HEAD' && body.length > 0 && !headers.has('content-type');
}

/** Something that is wrong with the text of a body. */
export interface TextFault {
  readonly message: string;
  /** Every reader takes it in its own way, but no RFC forbids it. */
  readonly isDoubtful?: boolean;
}

/** What is wrong with a body, its codings undone, as text: its charset, and what RFC 8259 says of JSON beside its grammar. */
export function textFaults({ headers, body }: HttpResponse): TextFault[] {
  const type = parseMediaType(headers.get('content-type') ?? '');
  if (type === undefined || body.length === 0) return [];
  const charset = type.parameters.get('charset');
  if (!isJson(type)) return charset === undefined ? [] : charsetFaults(body, charset);
  const isOther = charset !== undefined && isOtherText(body, charset);
  return [
    ...(isOther ? [{ message: `the body is JSON in UTF-8, Content-Type says "${charset}"` }] : []),
    ...jsonFaults(body),
  ];
}

function charsetFaults(body: Uint8Array, charset: string): TextFault[] {
  return textIn(body, charset) === undefined
    ? [{ message: `the body is no text in the charset "${charset}"` }]
    : [];
}

function textIn(body: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/**
 * Whether a reader that believes the charset reads something else than one that knows that JSON is in UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
function isOtherText(body: Uint8Array, charset: string): boolean {
  if (/^(?:utf-?8|us-ascii)$/i.test(charset)) return false;
  const text = textIn(body, 'utf-8');
  return text !== undefined && textIn(body, charset) !== text;
}

const longestScanned = 1_048_576;
const strictJson = createBodyCodec(
  { mediaType: 'application/json', schema: true },
  { direction: 'response', strict: true },
);

/** @see https://www.rfc-editor.org/rfc/rfc8259#section-4 */
function jsonFaults(body: Uint8Array): TextFault[] {
  const [first, second, third] = body;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return [{ message: 'the JSON body begins with a byte order mark' }];
  }
  if (body.length > longestScanned || isAsWritten(body)) return [];
  const { faults } = strictJson.decode(body, 'application/json');
  return faults
    .filter(({ code }) => code === 'body.duplicate-key')
    .map(({ message }) => ({ message: `the body ${message}`, isDoubtful: true }));
}

/** Whether nothing was lost when the text was read, as a key that stands twice would be: most servers write JSON as we do. */
function isAsWritten(body: Uint8Array): boolean {
  const text = Buffer.from(body).toString('utf8');
  try {
    return JSON.stringify(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}

const traces: readonly RegExp[] = [
  /^\s*at .{1,200}:\d+:\d+\)?/m,
  /Traceback \(most recent call last\)/,
  /^\s*at [\w$.]{3,200}\([\w$.]{1,100}(?:\.java|\.kt):\d+\)/m,
  /\bgoroutine \d+ \[/,
  /\b[\w/.-]{1,100}\.(?:py|rb|php|go|rs|cs)["']?(?:, line |:)\d+/,
  /panicked at /,
];

/** Whether an error shows a stack trace. */
export function showsStack(response: HttpResponse): boolean {
  if (response.status < 400 || response.body.length === 0) return false;
  const text = Buffer.from(response.body.subarray(0, 65_536)).toString('latin1').replaceAll('\\n', '\n');
  return traces.some((trace) => trace.test(text));
}
