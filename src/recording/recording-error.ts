import { ApidoubleError } from '../core/index.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the quota of the disk is used up',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'the disk is read-only',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EIO: 'the disk fails',
};

/** A fault of the file system as an error that says what to do. */
export function recordingError(verb: 'read' | 'write', file: string, cause: unknown): ApidoubleError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  const remedy =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'Free some; what was recorded before is whole'
      : `Name a file that can be ${verb === 'read' ? 'read' : 'written'}`;
  return new ApidoubleError('ERR_RECORDING', `Cannot ${verb} recording "${file}": ${reason}. ${remedy}.`, {
    cause,
  });
}
