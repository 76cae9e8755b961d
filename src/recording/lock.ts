import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { ApidoubleError } from '../core/index.ts';
import { recordingError } from './recording-error.ts';

/**
 * Takes a file for this process alone, by a file beside it that names the process, and gives the function that lets it go. A lock
 * whose process is gone is taken over. Throws `ERR_RECORDING` where another process has it.
 */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`;
  if (!tryLock(lock, file)) {
    const holder = holderOf(lock);
    if (holder !== undefined && isAlive(holder)) throw taken(file, holder);
    unlinkQuietly(lock);
    if (!tryLock(lock, file)) throw taken(file, holderOf(lock));
  }
  return () => unlinkQuietly(lock);
}

function tryLock(lock: string, file: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw recordingError('write', file, error);
  }
}

function holderOf(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function unlinkQuietly(lock: string): void {
  try {
    unlinkSync(lock);
  } catch {
    // Somebody else has removed it.
  }
}

function taken(file: string, pid: number | undefined): ApidoubleError {
  const who = pid === undefined ? 'another process' : `the process ${pid}`;
  return new ApidoubleError(
    'ERR_RECORDING',
    `Cannot write recording "${file}": ${who} writes to it. Stop that, or record to another file.`,
  );
}
