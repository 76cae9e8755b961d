import { ApidoubleError, stopwatch } from '../core/index.ts';
import { createHarSink } from './har-sink.ts';
import { createLineSink } from './line-sink.ts';
import { lockFile } from './lock.ts';
import type { RecordedExchange } from './recorded-exchange.ts';
import { createRedactor, type Secrets } from './redact.ts';
import type { Sink } from './sink.ts';

/** Writes exchanges down, one by one. */
export interface Recorder {
  /**
   * To be asked before an exchange begins: why it could not be recorded, or `undefined`. Once a fault stands, it looks now and then
   * whether the fault is over, and then recording goes on.
   */
  refusal(): Error | undefined;
  /** Writes an exchange; when it returns, the exchange outlives this process. Throws `ERR_RECORDING`. */
  record(recorded: RecordedExchange): void;
  /** Why nothing can be recorded now, as far as is known. */
  fault(): Error | undefined;
  /** Exchanges recorded so far. */
  readonly count: number;
  /** Exchanges that were not: those that failed, and those that were refused. */
  readonly lost: number;
  close(): void;
}

/** How a recording is written. */
export interface RecorderOptions {
  /** What is hidden beside the usual names of secrets; `false` hides nothing. */
  readonly redact?: Secrets | false;
  /** Called when recording goes on after a fault, with how many exchanges were lost since it began. */
  readonly onResume?: (lost: number) => void;
  /** Milliseconds between two looks whether a fault is over. Default 1,000. */
  readonly retryMs?: number;
}

/**
 * Opens a recording for writing: `.jsonl` is added to, line by line, and outlives a kill; `.har` is written to a file beside it and
 * takes its name when it is closed.
 *
 * Throws `ERR_RECORDING` where the file cannot be written, is no recording, or is written by another process, and `ERR_OPTION`
 * for another ending.
 */
export function createRecorder(file: string, options: RecorderOptions = {}): Recorder {
  const redactor = options.redact === false ? undefined : createRedactor(options.redact);
  const isHar = /\.har$/i.test(file);
  if (!isHar && !/\.(?:jsonl|ndjson)$/i.test(file)) {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot use recording "${file}": its name tells no format. End it in .jsonl or .har.`,
    );
  }
  const unlock = lockFile(file);
  try {
    const sink = isHar ? createHarSink(file, redactor) : createLineSink(file, redactor);
    return guarded(sink, unlock, options);
  } catch (error) {
    unlock();
    throw error;
  }
}

function guarded(sink: Sink, unlock: () => void, { onResume, retryMs = 1000 }: RecorderOptions): Recorder {
  let fault: Error | undefined;
  let lookedAt = 0;
  let isOpen = true;
  let count = 0;
  let lost = 0;
  let lostBefore = 0;

  function fail(error: unknown): Error {
    fault = error instanceof Error ? error : new Error(String(error));
    lookedAt = stopwatch();
    return fault;
  }

  function tryAgain(): void {
    if (!isOpen || stopwatch() - lookedAt < retryMs) return;
    try {
      sink.probe();
      fault = undefined;
    } catch (error) {
      fail(error);
      return;
    }
    onResume?.(lost - lostBefore);
    lostBefore = lost;
  }

  return {
    get count() {
      return count;
    },
    get lost() {
      return lost;
    },
    fault: () => fault,
    refusal() {
      if (fault !== undefined) tryAgain();
      if (fault !== undefined) lost += 1;
      return fault;
    },
    record(recorded) {
      try {
        sink.write(recorded);
        count += 1;
      } catch (error) {
        lost += 1;
        throw fail(error);
      }
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      try {
        sink.close();
      } finally {
        unlock();
      }
    },
  };
}
