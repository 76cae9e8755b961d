import { shellWord } from '../../core/index.ts';
import type { Exchange, HttpRequest } from '../../http/index.ts';
import { parseMediaType } from '../../http/index.ts';
import { hidden, hideValues } from '../../recording/index.ts';
import type { ContractOptions } from '../options.ts';
import type { ReportedBody, ReportedRequest, ReportedResponse } from '../report.ts';

const longestBody = 65_536;
const secretHeaders = /^(?:authorization|proxy-authorization|cookie|set-cookie)$/i;

/** Writes exchanges for a report: credentials hidden, bodies cut. */
export interface Redactor {
  request(request: HttpRequest): ReportedRequest;
  response(response: Exchange['response']): ReportedResponse;
  text(text: string): string;
  /** The same of a URL, the password in it hidden too. What is no URL is a text. */
  url(url: string): string;
}

/**
 * Hides every credential that the run was given, or got for itself (`more`), wherever it stands, and the headers that carry them.
 * Names do not count, as they do in recordings: what a run made up is no secret, and a request without it would show nothing.
 */
export function createRedactor(options: ContractOptions, more: readonly string[] = []): Redactor {
  const text = hideValues(secretsOf(options, more));
  const headers = (message: Exchange['request' | 'response']): (readonly [string, string])[] =>
    [...message.headers].map(
      ([name, value]) => [name, secretHeaders.test(name) ? hidden : text(value)] as const,
    );
  return {
    text,
    url: (url) => text(withoutPassword(url)),
    request(request) {
      const fields = headers(request);
      const url = text(request.origin + request.target);
      const body = reportBody(request, text);
      return {
        method: request.method,
        url,
        headers: fields,
        body,
        curl: curlOf({ method: request.method, url, fields, body }),
      };
    },
    response: (response) => ({
      status: response.status,
      headers: headers(response),
      body: reportBody(response, text),
    }),
  };
}

function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${hidden}@`);
}

function secretsOf(options: ContractOptions, more: readonly string[]): readonly string[] {
  const found = new Set<string>(more);
  for (const identity of [options, options.second]) {
    for (const value of Object.values(identity?.auth ?? {})) {
      for (const one of [value, ...value.split(':'), Buffer.from(value).toString('base64')]) found.add(one);
    }
    for (const [name, value] of Object.entries(identity?.headers ?? {})) {
      if (/auth|token|key|secret|cookie|session/i.test(name)) found.add(value);
    }
  }
  return [...found];
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function reportBody(
  message: Exchange['request' | 'response'],
  text: (value: string) => string,
): ReportedBody {
  const cut = message.body.subarray(0, longestBody);
  const cutFrom = message.body.length > longestBody ? { cutFrom: message.body.length } : {};
  const type = parseMediaType(message.headers.get('content-type') ?? '');
  const isText =
    type === undefined || /^text$|json|xml|urlencoded|javascript|yaml/.test(`${type.type} ${type.subtype}`);
  try {
    if (isText || type?.type === 'multipart')
      return { encoding: 'utf8', content: text(utf8.decode(wholeCharacters(cut))), ...cutFrom };
  } catch {
    // No text after all.
  }
  return { encoding: 'base64', content: Buffer.from(cut).toString('base64'), ...cutFrom };
}

/** The bytes without a character that the cut left in half. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  if (bytes.length < longestBody) return bytes;
  let end = bytes.length;
  while (end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return ((bytes[end - 1] ?? 0) & 0x80) === 0 ? bytes : bytes.subarray(0, end - 1);
}

interface CurlParts {
  readonly method: string;
  readonly url: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly body: ReportedBody;
}

function curlOf({ method, url, fields, body }: CurlParts): string {
  const parts = ['curl', '-i', '-X', shellWord(method), '--path-as-is', shellWord(url)];
  for (const [name, value] of fields) parts.push('-H', shellWord(`${name}: ${value}`));
  if (body.content === '') return parts.join(' ');
  if (body.encoding === 'utf8') return [...parts, '--data-raw', shellWord(body.content)].join(' ');
  return `printf %s ${shellWord(body.content)} | base64 -d | ${[...parts, '--data-binary', '@-'].join(' ')}`;
}
