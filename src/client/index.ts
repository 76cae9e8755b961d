export { exchangeBare } from './bare-exchange.ts';
export type { ConnectionOptions } from './connect-options.ts';
export { createHttpTarget, type HttpTargetOptions } from './http-target.ts';
export { openSocket } from './open-socket.ts';
export {
  createStreamClient,
  type StreamClient,
  type StreamControl,
  type StreamReceiver,
} from './stream-client.ts';
export { isWireFailure, WireFailure, type WireFailureKind } from './wire-failure.ts';
