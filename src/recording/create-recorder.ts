import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ApidoubleError, packageVersion, systemClock } from '../core/index.ts';
import { openAppendFile } from './append-file.ts';
import { bodyFolderOf } from './body-folder.ts';
import { harEntry } from './har-entry.ts';
import { harEnd, harStart } from './har-frame.ts';
import { lockFile } from './lock.ts';
import type { RecordedExchange } from './recorded-exchange.ts';
import { recordingError } from './recording-error.ts';
import { type BodyStore, encodeLine, recordingMark } from './recording-line.ts';
import { createRedactor, type Secrets } from './redact.ts';

/** Writes exchanges down, one by one. */
export interface Recorder {
  /** Writes an exchange; when it returns, the exchange outlives this process. Throws `ERR_RECORDING`, and from then on always. */
  record(recorded: RecordedExchange): void;
  /** Why nothing can be recorded any more. */
  fault(): Error | undefined;
  /** Exchanges recorded so far. */
  readonly count: number;
  close(): void;
}

/** How a recording is written. */
export interface RecorderOptions {
  /** What is hidden beside the usual names of secrets; `false` hides nothing. */
  readonly redact?: Secrets | false;
}

/**
 * Opens a recording for writing: `.jsonl` is added to, line by line, and outlives a kill; `.har` is written to a file beside it and
 * takes its name when it is closed.
 *
 * Throws `ERR_RECORDING` where the file cannot be written, is no recording, or is written by another process, and `ERR_OPTION`
 * for another ending.
 */
export function createRecorder(file: string, { redact }: RecorderOptions = {}): Recorder {
  const redactor = redact === false ? undefined : createRedactor(redact);
  const isHar = /\.har$/i.test(file);
  if (!isHar && !/\.(?:jsonl|ndjson)$/i.test(file)) {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot use recording "${file}": its name tells no format. End it in .jsonl or .har.`,
    );
  }
  const unlock = lockFile(file);
  try {
    const sink = isHar ? harSink(file, redactor) : lineSink(file, redactor);
    return guarded(sink, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The two formats behind one face. */
interface Sink {
  write(recorded: RecordedExchange): void;
  close(): void;
}

function guarded(sink: Sink, unlock: () => void): Recorder {
  let fault: Error | undefined;
  let isOpen = true;
  let count = 0;
  return {
    get count() {
      return count;
    },
    fault: () => fault,
    record(recorded) {
      if (fault !== undefined) throw fault;
      try {
        sink.write(recorded);
        count += 1;
      } catch (error) {
        fault = error instanceof Error ? error : new Error(String(error));
        throw fault;
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

type OptionalRedactor = ReturnType<typeof createRedactor> | undefined;

function lineSink(file: string, redactor: OptionalRedactor): Sink {
  refuseOthers(file);
  const lines = openAppendFile(file);
  const store = bodyFolder(file);
  if (lines.size === 0) {
    const startedAt = new Date(systemClock.now()).toISOString();
    lines.append(
      `${JSON.stringify({ ...recordingMark, tool: `apidouble ${packageVersion()}`, startedAt })}\n`,
    );
  }
  return {
    write: (recorded) => lines.append(`${encodeLine(recorded, { redactor, store })}\n`),
    close: () => lines.close(),
  };
}

/** A file that holds something else is not added to. */
function refuseOthers(file: string): void {
  const start = startOf(file);
  if (start === '' || start.startsWith('{"apidouble":"recording"')) return;
  throw new ApidoubleError(
    'ERR_RECORDING',
    `Cannot write recording "${file}": it holds something else. Record to another file.`,
  );
}

function startOf(file: string): string {
  const buffer = Buffer.alloc(64);
  try {
    if (!statSync(file).isFile()) return '';
    const fd = openSync(file, 'r');
    try {
      return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, 0)).toString('latin1');
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}

function bodyFolder(file: string): BodyStore {
  const folder = bodyFolderOf(file);
  let next: number | undefined;
  return {
    put(body, side) {
      try {
        if (next === undefined) {
          mkdirSync(folder, { recursive: true });
          next = 1 + Math.max(0, ...readdirSync(folder).map((name) => Number.parseInt(name, 10) || 0));
        }
        const name = `${String(next).padStart(6, '0')}-${side}.bin`;
        next += 1;
        writeFileSync(join(folder, name), body, { flag: 'wx' });
        return name;
      } catch (error) {
        throw recordingError('write', file, error);
      }
    },
  };
}

function harSink(file: string, redactor: OptionalRedactor): Sink {
  const partial = `${file}.partial`;
  const har = openAppendFile(partial, { truncate: true });
  har.append(harStart(packageVersion()));
  let separator = '';
  const options = {
    bodyLimit: Number.POSITIVE_INFINITY,
    ...(redactor === undefined ? {} : { redactor }),
  };
  return {
    write(recorded) {
      har.append(`${separator}${JSON.stringify(harEntry(recorded, options))}`);
      separator = ',\n';
    },
    close() {
      // Also after a fault: what was recorded before it is whole, and its end needs less room than what did not fit.
      try {
        har.append(harEnd());
      } finally {
        har.close();
      }
      renameSync(partial, file);
    },
  };
}
