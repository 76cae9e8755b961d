import { ApidoubleError, fileReason } from '../core/index.ts';

/** A fault of the file system as an error that says what to do. */
export function recordingError(verb: 'read' | 'write', file: string, cause: unknown): ApidoubleError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const remedy =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'Free some; what was recorded before is whole'
      : `Name a file that can be ${verb === 'read' ? 'read' : 'written'}`;
  return new ApidoubleError(
    'ERR_RECORDING',
    `Cannot ${verb} recording "${file}": ${fileReason(cause, verb)}. ${remedy}.`,
    {
      cause,
    },
  );
}
