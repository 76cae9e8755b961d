export { createProxy } from './create-proxy.ts';
export { createLearner, type Learned } from './learn/create-learner.ts';
export { overlayOf } from './learn/example-book.ts';
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
export { createExchangeJudge } from './traffic/judge-exchange.ts';
export { createTally, type OperationTraffic, type Traffic, type TrafficFinding } from './traffic/tally.ts';
