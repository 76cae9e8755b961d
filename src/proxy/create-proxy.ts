import type { Duplex } from 'node:stream';
import { type ConnectionOptions, createStreamClient } from '../client/index.ts';
import { ApidoubleError } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import { adminPathOf, listenStreaming, type StreamingListeners } from '../server/index.ts';
import { createAdminPages } from './admin-pages.ts';
import { createDesk } from './judging-desk.ts';
import { Passage } from './passage.ts';
import type { ApiProxy, ProxyOptions, ProxyServer } from './proxy.ts';
import type { Passed, ProxyHouse, Upstream } from './proxy-house.ts';
import { createExchangeJudge, type ExchangeJudge } from './traffic/judge-exchange.ts';
import { createTally } from './traffic/tally.ts';
import { tunnel } from './tunnel.ts';

const usualLimit = 10 * 1024 * 1024;

/**
 * Makes a proxy in front of a real server, which passes everything on byte for byte and holds it to the document.
 *
 * Throws an `ApidoubleError` where the document cannot be read (`ERR_DOCUMENT_…`) or an option is of no use (`ERR_OPTION`).
 *
 * @example
 * const proxy = await createProxy({ document: 'openapi.yaml', upstream: 'http://127.0.0.1:8000' });
 * const { url } = await proxy.listen({ port: 4010 });
 */
export async function createProxy(options: ProxyOptions): Promise<ApiProxy> {
  const upstream = upstreamOf(options.upstream);
  const document = await documentOf(options);
  const judge = createExchangeJudge(document, { requests: options.validateRequest ?? true });
  const tally = createTally(document);
  const desk = createDesk({ judge, tally, options });
  const house = houseOf({ options, upstream, judge, passed: desk.take });
  const subject = { document, upstream: upstream.text, traffic: tally.traffic };
  const pages = createAdminPages(subject, options);
  const adminPath = adminPathOf(options);
  const servers = new Set<Awaited<ReturnType<typeof listenStreaming>>>();
  const open = new Set<Duplex>();
  const listeners: StreamingListeners = {
    onRequest(call) {
      const page = pages(call);
      if (page === undefined) new Passage(house, call).start();
      else call.answer(page);
    },
    onUpgrade: (call) => void tunnel({ house, connection: connectionOf(options), open }, call),
  };
  return {
    document,
    upstream: upstream.text,
    coverage: tally.traffic,
    findings: () => tally.traffic().findings,
    settled: desk.settled,
    async listen(place = {}): Promise<ProxyServer> {
      const { idleTimeout } = options;
      const server = await listenStreaming(listeners, {
        ...place,
        ...(idleTimeout === undefined ? {} : { limits: { idleTimeoutMs: idleTimeout } }),
        ...(adminPath === false ? {} : { corsExcept: `${adminPath}/` }),
        onError: house.onError,
      });
      servers.add(server);
      return server;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await Promise.all([...servers].map((server) => server.close()));
      await house.client.close();
      await desk.settled();
      options.recorder?.close();
    },
  };
}

function upstreamOf(given: string | URL): Upstream {
  const url = URL.canParse(String(given)) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot use upstream "${given}": it is no http URL of a server. Give one such as http://127.0.0.1:8000.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  return { origin: url.origin, path, text: `${url.origin}${path}` };
}

async function documentOf({ document, cwd, allowHosts }: ProxyOptions): Promise<ApiDocument> {
  if (typeof document === 'object' && 'operations' in document && 'locate' in document)
    return document as ApiDocument;
  return loadDocument(document, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(allowHosts === undefined ? {} : { allowHosts }),
  });
}

function connectionOf({ ca, cert, key, insecure, upstreamProxy }: ProxyOptions): ConnectionOptions & {
  readonly proxy?: string;
} {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(upstreamProxy === undefined ? {} : { proxy: upstreamProxy }),
  };
}

interface HouseParts {
  readonly options: ProxyOptions;
  readonly upstream: Upstream;
  readonly judge: ExchangeJudge;
  readonly passed: (passed: Passed) => void;
}

function houseOf({ options, upstream, judge, passed }: HouseParts): ProxyHouse {
  const { timeout, idleTimeout, errors = false, violationsHeader = false, fallback } = options;
  return {
    upstream,
    client: createStreamClient({
      ...connectionOf(options),
      ...(timeout === undefined ? {} : { headTimeout: timeout }),
      ...(idleTimeout === undefined ? {} : { idleTimeout }),
    }),
    judge,
    judgeLimit: options.judgeLimit ?? usualLimit,
    errors,
    holds: errors || violationsHeader,
    fallback,
    fallbackOn: new Set(fallback === undefined ? [] : (options.fallbackOn ?? ['down', 501])),
    recorder: options.recorder,
    passed,
    onError: (error) => {
      try {
        options.onError?.(error);
      } catch {
        // A log that fails must not take the proxy with it.
      }
    },
  };
}
