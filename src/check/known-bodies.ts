import type { MediaTypePlan } from '../plan/index.ts';

/** Bodies in which nothing was found when they were judged. */
export interface KnownBodies {
  /** Whether these very bytes were judged as this media type. */
  has(media: MediaTypePlan, contentType: string, body: Uint8Array): boolean;
  add(media: MediaTypePlan, contentType: string, body: Uint8Array): void;
}

/** Shorter ones are judged in less time than it takes to look them up. */
const shortest = 1024;
const longest = 1024 * 1024;

interface Known {
  readonly media: MediaTypePlan;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * Remembers the good bodies that came last, because clients that poll get the same again and again: comparing bytes costs a
 * fraction of reading and validating them. Of one length the last one is kept; all of them together take no more than `limit` bytes.
 */
export function createKnownBodies(limit: number = 16 * longest): KnownBodies {
  const known = new Map<number, Known>();
  let held = 0;

  function forget(length: number): void {
    if (known.delete(length)) held -= length;
  }

  return {
    has(media, contentType, body) {
      const found = known.get(body.length);
      return found?.media === media && found.contentType === contentType && found.body.equals(body);
    },
    add(media, contentType, body) {
      const { length } = body;
      if (length < shortest || length > longest) return;
      forget(length);
      // A copy: what the body is a part of may be much larger.
      known.set(length, { media, contentType, body: Buffer.from(body) });
      held += length;
      for (const oldest of known.keys()) {
        if (held <= limit) break;
        forget(oldest);
      }
    },
  };
}
