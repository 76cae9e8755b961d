export { refusalOfAdmin } from './admin-guard.ts';
export { adminPathOf } from './admin-path.ts';
export { isLoopbackAddress, isLoopbackName } from './from-here.ts';
export { listen, type Server } from './listen.ts';
export type { ListeningPlace, ListeningServer } from './options.ts';
export { listenStreaming, type StreamingListeners } from './streaming.ts';
export type { StreamingCall, UpgradeCall } from './streaming-call.ts';
