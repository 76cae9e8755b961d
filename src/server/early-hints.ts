import type { ServerResponse } from 'node:http';

/**
 * A link as node lets it pass, told without guesses: node's own expression may read `a=b` in two ways, which takes it time without
 * end where many of them are followed by something wrong. It is quick with all that this one takes.
 */
const plainLink = /^<[^>]*>(?:\s*;\s*[^;"=\s]+(?:=(?:"[^;"\s]*"|[^;"\s]*))?)*$/;

/** Sends early hints. Node does so only where there are links, and only such as it can read; nobody misses the others. */
export function sendHints(outgoing: ServerResponse, headers: readonly string[]): void {
  const hints: Record<string, string | string[]> = {};
  const links: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const [name = '', value = ''] = headers.slice(index, index + 2);
    if (name.toLowerCase() !== 'link') hints[name] = value;
    else if (plainLink.test(value)) links.push(value);
  }
  if (links.length === 0) return;
  try {
    outgoing.writeEarlyHints({ ...hints, link: links });
  } catch {
    // A hint that is no hint.
  }
}
