import type { HeaderList } from '../http/index.ts';

/** Whether an address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address) || address === '::1';
}

/** Whether a host name leads to this machine, whoever resolves it. */
export function isLoopbackName(host: string): boolean {
  return /^(?:.+\.)?localhost$|^127(?:\.\d{1,3}){3}$|^\[::1\]$/.test(host);
}

/**
 * The first client that proxies name of a request and that is not this machine.
 * Whoever sends such fields can only take rights away from himself. What cannot be read is a stranger.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7239
 */
export function strangerIn(headers: HeaderList): string | undefined {
  for (const part of (headers.get('forwarded') ?? '').split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim().toLowerCase());
    const party = withoutPort(value.replaceAll('"', ''));
    if (name === 'for' && !isLoopbackAddress(party)) return party;
  }
  for (const field of ['x-forwarded-for', 'x-real-ip'])
    for (const part of headers.get(field)?.split(',') ?? []) {
      const party = withoutPort(part.trim().toLowerCase());
      if (!isLoopbackAddress(party)) return party;
    }
  return undefined;
}

/** `[::1]:80` and `127.0.0.1:80` without their ports, and without brackets. */
function withoutPort(party: string): string {
  return /^\[(.*)\](?::\w*)?$/.exec(party)?.[1] ?? /^([^:]*):\w*$/.exec(party)?.[1] ?? party;
}
