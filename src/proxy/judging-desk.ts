import { stopwatch } from '../core/index.ts';
import { createJudgeQueue } from './judge-queue.ts';
import type { ProxyEntry, ProxyOptions } from './proxy.ts';
import type { Passed } from './proxy-house.ts';
import type { ExchangeJudge } from './traffic/judge-exchange.ts';
import type { Judgement } from './traffic/judgement.ts';
import type { Tally } from './traffic/tally.ts';

/** Where exchanges are judged once they are over. */
export interface Desk {
  take(passed: Passed): void;
  settled(): Promise<void>;
}

/** What a desk works with. */
export interface DeskParts {
  readonly judge: ExchangeJudge;
  readonly tally: Tally;
  readonly options: ProxyOptions;
}

const mostWaiting = 1000;
const mostWaitingBytes = 64 * 1024 * 1024;
const sliceMs = 8;

/** Makes a desk: what comes is judged between requests, summed up, and told to the listener. */
export function createDesk({ judge, tally, options }: DeskParts): Desk {
  let id = 0;
  const work = (passed: Passed): void => {
    const judgement = passed.judgement ?? judgementOf(judge, passed);
    const { request, response, isReal, fate } = passed;
    if (response !== undefined && (isReal || fate === 'refused'))
      tally.add(judgement, { request, response }, fate);
    if (options.onExchange === undefined) return;
    id += 1;
    try {
      options.onExchange(entryOf(passed, judgement, id));
    } catch {
      // A listener that fails must not take the proxy with it.
    }
  };
  const bounds = { items: mostWaiting, bytes: mostWaitingBytes, slice: sliceMs, now: stopwatch };
  const queue = createJudgeQueue(work, bounds);
  return {
    take: (passed) => queue.push(passed, passed.request.body.length + (passed.response?.body.length ?? 0)),
    settled: queue.drained,
  };
}

function judgementOf(judge: ExchangeJudge, passed: Passed): Judgement {
  const { request, response, requestLeftOut, responseLeftOut } = passed;
  if (response === undefined || !passed.isReal) return judge.judgeRequest(request);
  return judge.judge({ exchange: { request, response }, requestLeftOut, responseLeftOut });
}

function entryOf(passed: Passed, { operation, findings, undecided }: Judgement, id: number): ProxyEntry {
  const { request, startedAt, milliseconds, reason } = passed;
  return {
    id,
    time: startedAt,
    milliseconds,
    ...(operation === undefined ? {} : { operation: operation.key }),
    request,
    ...(passed.response === undefined ? {} : { response: passed.response }),
    findings,
    reason: [...reason, ...undecided],
  };
}
