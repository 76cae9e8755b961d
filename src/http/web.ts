import { isToken, sendableFieldValue } from './field-text.ts';
import { HeaderList } from './header-list.ts';
import { type HttpRequest, type HttpResponse, noBody } from './message.ts';
import { problem } from './problem.ts';
import { hasNoBody } from './status.ts';

/**
 * Takes a web `Request` in, and reads its body. Rejects where the body cannot be read (it was read before, or was aborted).
 *
 * @see https://fetch.spec.whatwg.org/#request-class
 */
export async function toHttpRequest(request: Request): Promise<HttpRequest> {
  const url = new URL(request.url);
  return {
    method: request.method,
    target: `${url.pathname}${url.search}`,
    origin: url.origin,
    headers: HeaderList.from(request.headers),
    body: request.body === null ? noBody : new Uint8Array(await request.arrayBuffer()),
  };
}

/**
 * Gives a response out as a web `Response`: without a body where the status or the method (HEAD) has none; field values that
 * cannot be sent are made sendable. A status outside 200 to 599, which no `Response` can have, becomes a 500 problem.
 *
 * @see https://fetch.spec.whatwg.org/#null-body-status
 */
export function toWebResponse(response: HttpResponse, method = 'GET'): Response {
  const { status, reason } = response;
  if (status < 200 || status > 599) return toWebResponse(unspeakable(status), method);
  const headers = new Headers();
  for (const [name, value] of response.headers) {
    if (isToken(name)) headers.append(name, sendableFieldValue(value));
  }
  const empty = hasNoBody(status, method) || status === 205;
  return new Response(empty ? null : bytesOf(response.body), {
    status,
    headers,
    ...(reason === undefined ? {} : { statusText: sendableFieldValue(reason) }),
  });
}

/** Takes a web `Response` in, and reads its body. Rejects where that breaks off. */
export async function fromWebResponse(response: Response): Promise<HttpResponse> {
  return {
    status: response.status,
    ...(response.statusText === '' ? {} : { reason: response.statusText }),
    headers: HeaderList.from(response.headers),
    body: response.body === null ? noBody : new Uint8Array(await response.arrayBuffer()),
  };
}

function unspeakable(status: number): HttpResponse {
  const detail = `Cannot give the status "${status}" as a web Response: it takes 200 to 599. Ask for another, or use a port.`;
  return problem(500, { detail });
}

function bytesOf(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return body.buffer instanceof ArrayBuffer
    ? new Uint8Array(body.buffer, body.byteOffset, body.length)
    : new Uint8Array(body);
}
