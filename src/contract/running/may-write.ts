import { ApidoubleError } from '../../core/index.ts';
import type { ContractOptions } from '../options.ts';

/** Throws `ERR_OPTION` where a run would write to a host that nobody named for that. */
export function refuseStrangeHost({ target, writes, allowWritesTo }: ContractOptions): void {
  if (writes !== true || allowWritesTo === undefined || typeof target === 'function') return;
  const { host, hostname, origin } = new URL(target);
  if (isLoopback(hostname) || allowWritesTo.includes(host) || allowWritesTo.includes(hostname)) return;
  throw new ApidoubleError(
    'ERR_OPTION',
    `Cannot write to "${origin}": nobody named it for writing. Give --allow-writes-to ${host}, or set "writes" on the target itself.`,
  );
}

function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
