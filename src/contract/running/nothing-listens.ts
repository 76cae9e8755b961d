import { ApidoubleError } from '../../core/index.ts';

/** The fault of a run whose target refuses even the connection, whoever was the first to ask. */
export function nothingListens(origin: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_TARGET',
    `Cannot run against target "${origin}": nothing listens there. Start the server, or give another URL.`,
  );
}
