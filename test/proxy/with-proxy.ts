import {
  type ApiProxy,
  createProxy,
  type ProxyEntry,
  type ProxyOptions,
  type ProxyServer,
} from '../../src/proxy/index.ts';
import { type RawRequest, type RawUpstream, rawUpstream } from './raw-upstream.ts';
import { smallDocument } from './small-document.ts';

/** A proxy in front of a bare server, for one test. */
export interface Stage {
  readonly upstream: RawUpstream;
  readonly proxy: ApiProxy;
  readonly server: ProxyServer;
  /** Judged exchanges, as they come. */
  readonly entries: ProxyEntry[];
  readonly errors: unknown[];
  /** What the upstream was asked. */
  readonly asked: RawRequest[];
}

type StageOptions = Partial<ProxyOptions> & {
  readonly cors?: boolean;
  /** The upstream's own path. */
  readonly path?: string;
};

/** Puts a proxy in front of `answer` while `use` runs. The upstream may also be given by its URL. */
export async function withProxy(
  answer: (request: RawRequest) => void,
  use: (stage: Stage) => Promise<void>,
  { cors = false, path = '', ...options }: StageOptions = {},
): Promise<void> {
  const asked: RawRequest[] = [];
  const upstream = await rawUpstream((request) => {
    asked.push(request);
    answer(request);
  });
  const entries: ProxyEntry[] = [];
  const errors: unknown[] = [];
  const proxy = await createProxy({
    document: smallDocument,
    upstream: `${upstream.url}${path}`,
    onExchange: (entry) => entries.push(entry),
    onError: (error) => errors.push(error),
    ...options,
  });
  const server = await proxy.listen({ cors });
  try {
    await use({ upstream, proxy, server, entries, errors, asked });
  } finally {
    await proxy.close();
    await upstream.close();
  }
}

/** An answer of an upstream with a JSON body. */
export function json(status: number, value: unknown, fields: readonly string[] = []): string {
  const body = JSON.stringify(value);
  const lines = [`HTTP/1.1 ${status} X`, 'Content-Type: application/json', ...fields];
  return `${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The text of a request; Host and `Connection: close` are added. */
export function request(line: string, fields: readonly string[] = [], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, ...length, '', body].join(
    '\r\n',
  );
}

/** Waits until something holds, for up to five seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) await new Promise((next) => setTimeout(next, 10));
  if (!holds()) throw new Error('it never came to hold');
}
