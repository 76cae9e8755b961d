import { systemClock } from '../../core/index.ts';
import type { Answered } from './outcome.ts';

const mostRetriesWithoutWord = 2;
const longestPause = 30_000;

/**
 * How long to wait before the same request is sent again: what Retry-After asks for, else longer each time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function pauseAfter(outcome: Answered, tries: number): number | undefined {
  const after = outcome.exchange.response.headers.get('retry-after');
  // A 503 without a word may be a crash: it is tried again twice, no more.
  if (outcome.status === 503 && after === undefined && tries >= mostRetriesWithoutWord) return undefined;
  if (outcome.status !== 429 && outcome.status !== 503) return undefined;
  return Math.min(askedFor(after) ?? 50 * 2 ** tries, longestPause);
}

/** Retry-After in milliseconds: it has seconds, or a date. */
function askedFor(after: string | undefined): number | undefined {
  if (after === undefined) return undefined;
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.max(0, date - systemClock.now());
}
