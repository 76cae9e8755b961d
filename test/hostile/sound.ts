import { expect } from 'vitest';
import { HeaderList, type HttpRequest, type HttpResponse, noBody } from '../../src/http/index.ts';
import type { Mock } from '../../src/mock/index.ts';

/** A request in short: what is not named is the plainest there is. */
export interface Attempt {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export function attempt({ method = 'GET', target = '/alive', headers = {}, body }: Attempt): HttpRequest {
  return {
    method,
    target,
    origin: 'http://mock.test',
    headers: HeaderList.from(headers),
    body: body === undefined ? noBody : Buffer.from(body),
  };
}

/** Sends it, in process; the answer is sound, and the mock answers a good request afterwards. */
export async function sendHostile(mock: Mock, hostile: Attempt, alive = '/alive'): Promise<HttpResponse> {
  const response = await mock.send(attempt(hostile));
  expectSound(response);
  expect((await mock.send(attempt({ target: alive }))).status).toBe(200);
  return response;
}

/** An answer that can be sent, whose body is what its Content-Type says. */
export function expectSound({ status, headers, body }: HttpResponse): void {
  expect(Number.isInteger(status) && status >= 200 && status <= 599, `status ${status}`).toBe(true);
  for (const [name, value] of headers) {
    expect(name).toMatch(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
    expect(value).not.toMatch(/[\0\r\n]/);
  }
  const contentType = headers.get('content-type') ?? '';
  if (body.length > 0) expect(contentType, 'a body has a Content-Type').not.toBe('');
  if (body.length === 0 || !/json/.test(contentType)) return;
  const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
}
