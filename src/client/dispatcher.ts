import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { type ConnectionOptions, connectOptions } from './connect-options.ts';

/** How connections are made. */
export interface DispatcherOptions extends ConnectionOptions {
  /** Connections at a time. Default 16. */
  readonly connections?: number;
  /** URLs of proxies by the scheme of what is asked, and hosts that are reached without one, divided by commas. `localhost`, 127.0.0.1 and ::1 always are. */
  readonly proxy?: { readonly http?: string; readonly https?: string; readonly except?: string };
}

const loopback = 'localhost,127.0.0.1,::1,[::1]';

/** What sends requests over connections that are kept open. */
export function createDispatcher({ connections = 16, proxy, ...tls }: DispatcherOptions): Dispatcher {
  const connect = connectOptions(tls);
  const pool = { connections, pipelining: 1 };
  if (proxy === undefined) return new Agent({ ...pool, connect });
  return new EnvHttpProxyAgent({
    ...pool,
    connect,
    requestTls: connect,
    // What is not given must not come from the environment a second time.
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? '',
    noProxy: proxy.except === undefined ? loopback : `${proxy.except},${loopback}`,
  });
}
