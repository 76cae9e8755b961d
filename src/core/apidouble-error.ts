import type { ErrorCode } from './error-codes.ts';
import type { SourceLocation } from './origin.ts';

/**
 * What Apidouble throws: misuse, input that cannot be read, and bugs. A server that breaks its document is never one.
 *
 * The message has the form `Cannot <verb> <thing> "<value>": <reason>. <remedy>.`
 */
export class ApidoubleError extends Error {
  override readonly name = 'ApidoubleError';
  readonly code: ErrorCode;
  readonly location: SourceLocation | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; location?: SourceLocation } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.location = options.location;
  }
}

/** Tells an error of ours from any other. */
export function isApidoubleError(value: unknown): value is ApidoubleError {
  return value instanceof ApidoubleError;
}
