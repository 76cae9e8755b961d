export { createProxy } from './create-proxy.ts';
export { createLearner, type Learned, type Learner } from './learn/create-learner.ts';
export { type LearnedExample, overlayOf } from './learn/example-book.ts';
export type {
  ApiProxy,
  FallbackCase,
  ProxyEntry,
  ProxyListenOptions,
  ProxyOptions,
  ProxyRecorder,
  ProxyServer,
} from './proxy.ts';
export { createReplay, type Replay, type ReplayOptions } from './replay/create-replay.ts';
export { forgiveRedacted } from './traffic/forgive-redacted.ts';
export {
  createExchangeJudge,
  type ExchangeJudge,
  type ExchangeJudgeOptions,
  type Judgement,
} from './traffic/judge-exchange.ts';
export {
  createTally,
  type Fate,
  type OperationTraffic,
  type Tally,
  type Traffic,
  type TrafficFinding,
} from './traffic/tally.ts';
