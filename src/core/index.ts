export { ApidoubleError, isApidoubleError } from './apidouble-error.ts';
export { BareRecord } from './bare-record.ts';
export { type Clock, pinnedClock, seededTime, stopwatch, systemClock } from './clock.ts';
export { environment } from './environment.ts';
export { type ErrorCode, errorCodes } from './error-codes.ts';
export { configNames, findConfig } from './find-config.ts';
export type { Finding, Part, Place, Severity } from './finding.ts';
export { type FindingCode, findingCodes } from './finding-codes.ts';
export {
  appendPointer,
  escapeToken,
  type JsonPointer,
  pointerKeys,
  unescapeToken,
  valueAt,
} from './json-pointer.ts';
export { childOrigin, type Origin, originOf, type SourceLocation, setOrigin } from './origin.ts';
export { packageVersion } from './package-version.ts';
export { counted, cut, printable, shellWord, wellFormed } from './printable.ts';
export { createRandom, hashBytes, hashText, type Random } from './random.ts';
export { drawSeed } from './seed.ts';
