import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { recordingError } from './recording-error.ts';

/** A file that texts are added to, each as a whole or not at all. */
export interface AppendFile {
  /** Bytes in it. */
  readonly size: number;
  /** Hands a text to the system, so that it outlives this process. Throws `ERR_RECORDING`; nothing of it is left in the file then. */
  append(text: string): void;
  /** Throws `ERR_RECORDING` where there is no room for an exchange of usual length. Nothing is left in the file. */
  probe(): void;
  close(): void;
}

/** Opens a file for adding; `truncate` begins it anew. A last line that was not finished is taken out. */
export function openAppendFile(file: string, { truncate = false }: { truncate?: boolean } = {}): AppendFile {
  const fd = open(file, truncate ? emptied : 'a+');
  let size = truncate ? 0 : cutUnfinished(fd);
  // Whether half a text may stand at the end: nothing may be written behind that.
  let isTorn = false;
  const write = (bytes: Uint8Array): void => {
    try {
      if (isTorn) ftruncateSync(fd, size);
      isTorn = false;
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    } catch (error) {
      isTorn = !cutBack(fd, size);
      throw recordingError('write', file, error);
    }
  };
  return {
    get size() {
      return size;
    },
    append(text) {
      const bytes = Buffer.from(text);
      write(bytes);
      size += bytes.length;
    },
    probe() {
      // Blanks: to a reader who comes in between they are an unfinished line.
      write(Buffer.alloc(probeBytes, ' '));
      isTorn = !cutBack(fd, size);
    },
    close() {
      try {
        fsyncSync(fd);
      } catch {
        // What is no file (a pipe, a device) cannot be synced.
      }
      closeSync(fd);
    },
  };
}

const probeBytes = 64 * 1024;

/** As `a+`: what is written goes to the end, wherever a write that failed has left off. */
const { O_APPEND, O_CREAT, O_RDWR, O_TRUNC } = constants;
const emptied = O_APPEND | O_CREAT | O_RDWR | O_TRUNC;

function open(file: string, flags: string | number): number {
  try {
    return openSync(file, flags);
  } catch (error) {
    throw recordingError('write', file, error);
  }
}

/** `false`: it did not succeed. A reader tolerates an unfinished last line. */
function cutBack(fd: number, size: number): boolean {
  try {
    ftruncateSync(fd, size);
    return true;
  } catch {
    return false;
  }
}

const window = 64 * 1024;
const newline = 10;

/** A line that a killed process left unfinished was never acknowledged. */
function cutUnfinished(fd: number): number {
  const { size } = fstatSync(fd);
  const buffer = Buffer.alloc(window);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - window);
    const read = readSync(fd, buffer, 0, end - start, start);
    const at = buffer.subarray(0, read).lastIndexOf(newline);
    if (at >= 0) {
      const kept = start + at + 1;
      if (kept < size) ftruncateSync(fd, kept);
      return kept;
    }
    end = start;
  }
  if (size > 0) ftruncateSync(fd, 0);
  return 0;
}
