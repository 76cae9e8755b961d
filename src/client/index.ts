export { createHttpTarget, type HttpTarget, type HttpTargetOptions } from './http-target.ts';
export { isWireFailure, WireFailure, type WireFailureKind } from './wire-failure.ts';
