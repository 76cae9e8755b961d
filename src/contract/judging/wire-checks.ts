import { type Exchange, type HttpResponse, parseMediaType } from '../../http/index.ts';

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
  return [...faults, ...charsetFaults(response)];
}

function charsetFaults({ headers, body }: HttpResponse): string[] {
  const charset = parseMediaType(headers.get('content-type') ?? '')?.parameters.get('charset');
  if (charset === undefined) return [];
  try {
    new TextDecoder(charset, { fatal: true }).decode(body);
    return [];
  } catch {
    return [`the body is no text in the charset "${charset}"`];
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
