const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the quota of the disk is used up',
  EIO: 'the disk fails',
};

/** Why a file could not be read or written, in words for a message: what the system says, without its paths and codes. */
export function fileReason(cause: unknown, verb: 'read' | 'write' = 'read'): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? String(cause.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return `it may not be ${verb === 'read' ? 'read' : 'written'}`;
  return reasons[code] ?? cause.message;
}
