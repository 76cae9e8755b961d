export { refusalOfAdmin } from './admin-guard.ts';
export { adminPathOf } from './admin-path.ts';
export type { CloseOptions } from './close.ts';
export { listen, type Server } from './listen.ts';
export {
  defaultLimits,
  type ExchangeRecord,
  type Limits,
  type ListeningPlace,
  type ListeningServer,
  type ServerOptions,
  type TlsOptions,
} from './options.ts';
export { listenStreaming, type StreamingListeners } from './streaming.ts';
export type {
  AnswerHead,
  StreamingCall,
  StreamingListener,
  UpgradeCall,
  UpgradeListener,
} from './streaming-call.ts';
