import type { Mock, MockServer } from '../mock/index.ts';
import { announcementText } from './announcement.ts';
import { withKeptPaths } from './kept-paths.ts';
import type { MockFlags } from './mock-flags.ts';
import { commandLimit, operationLines } from './operation-list.ts';
import { type CallSampler, createCallSampler } from './sample-call.ts';
import { createRequestSampler } from './sample-request.ts';
import type { ServiceJob } from './start-service.ts';

/** What a service says when it is ready: its operations, its seed, the faults of its document, and the ready line. */
export function announce({ flags, terminal }: ServiceJob, mock: Mock, server: MockServer): string {
  const { document } = mock;
  const operations = operationLines({
    operations: document.operations,
    baseUrl: reachableUrl(server.url),
    sample: withKeptPaths(samplerOf(mock, flags), mock),
    list: flags.list ?? (terminal.out.isTerminal ? 'short' : 'all'),
    colors: terminal.out.colors,
  });
  return announcementText({
    document,
    operations,
    seed: mock.seed,
    seedGiven: flags.seed !== undefined,
    faults: mock.faults,
    scenarios: mock.scenarios.list().map(({ name }) => name),
    url: server.url,
    colors: terminal.out.colors,
  });
}

/** Whole requests cost the compilation of their operations, so they are made for short lists only. */
function samplerOf({ document, seed, now }: Mock, { credential = {} }: MockFlags): CallSampler {
  const fallback = createCallSampler(document, credential);
  if (document.operations.length > commandLimit) return fallback;
  return createRequestSampler(document, { seed, now, credentials: credential, fallback });
}

/** "Any address" can be listened on but, on some systems, not be called. */
function reachableUrl(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}
