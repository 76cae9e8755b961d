import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ApidoubleError, packageVersion, systemClock } from '../core/index.ts';
import { openAppendFile } from './append-file.ts';
import { bodyFolderOf } from './body-folder.ts';
import { recordingError } from './recording-error.ts';
import { type BodyStore, encodeLine, recordingMark } from './recording-line.ts';
import type { Redactor } from './redact.ts';
import type { Sink } from './sink.ts';

/** Adds lines to a file. Throws `ERR_RECORDING` where it cannot be written, or holds something else than a recording. */
export function createLineSink(file: string, redactor: Redactor | undefined): Sink {
  refuseOthers(file);
  const lines = openAppendFile(file);
  const store = createBodyStore(file);
  if (lines.size === 0) {
    const startedAt = new Date(systemClock.now()).toISOString();
    lines.append(
      `${JSON.stringify({ ...recordingMark, tool: `apidouble ${packageVersion()}`, startedAt })}\n`,
    );
  }
  return {
    write(recorded) {
      try {
        lines.append(`${encodeLine(recorded, { redactor, store })}\n`);
        store.keep();
      } catch (error) {
        store.drop();
        throw error;
      }
    },
    probe: () => lines.probe(),
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

/** The long bodies of the exchange that is being written: kept or dropped with its line. */
function createBodyStore(file: string): BodyStore & { keep(): void; drop(): void } {
  const folder = bodyFolderOf(file);
  let next: number | undefined;
  let pending: string[] = [];
  return {
    put(body, side) {
      try {
        if (next === undefined) {
          mkdirSync(folder, { recursive: true });
          next = 1 + Math.max(0, ...readdirSync(folder).map((name) => Number.parseInt(name, 10) || 0));
        }
        const name = `${String(next).padStart(6, '0')}-${side}.bin`;
        next += 1;
        writeNew(join(folder, name), body, () => pending.push(name));
        return name;
      } catch (error) {
        throw recordingError('write', file, error);
      }
    },
    keep() {
      pending = [];
    },
    drop() {
      // A part of a body would take up the room that is wanted.
      for (const name of pending) rmSync(join(folder, name), { force: true });
      pending = [];
    },
  };
}

/** Throws where there is such a file. `opened` is called as soon as it is ours, written or not. */
function writeNew(file: string, bytes: Uint8Array, opened: () => void): void {
  const fd = openSync(file, 'wx');
  try {
    opened();
    writeFileSync(fd, bytes);
  } finally {
    closeSync(fd);
  }
}
