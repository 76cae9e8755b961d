import { ApidoubleError } from '../core/index.ts';
import { compileMatcher, type Facts, type MatchDefinition, type Miss, Spot } from '../scenario/index.ts';
import type { JournalEntry } from './mock.ts';
import type { MatchOf } from './on.ts';

/** Which calls a test expects, and how many. */
export interface ExpectedCalls<Operation = unknown> extends Omit<MatchOf<Operation>, 'count'> {
  /** How many of them; default: at least one. */
  readonly times?: number;
  /** Only calls of this session. */
  readonly session?: string;
}

/** A call with what is known of it. */
export interface RememberedCall {
  readonly entry: JournalEntry;
  readonly facts: Facts;
}

/**
 * Gives the calls that are as expected. Throws `ERR_EXPECTATION` where there are not as many as were expected, and says
 * of each other call what is different.
 */
export function expectCalls(
  operation: string,
  { times, session: _, ...match }: ExpectedCalls,
  calls: readonly RememberedCall[],
): readonly JournalEntry[] {
  const matcher = compileMatcher(
    match as MatchDefinition,
    new Spot({ label: `expectCalled('${operation}')` }),
  );
  const judged = calls.map(({ entry, facts }) => ({ entry, misses: matcher.misses(facts) }));
  const found = judged.filter(({ misses }) => misses.length === 0).map(({ entry }) => entry);
  if (times === undefined ? found.length > 0 : found.length === times) return found;
  const others = judged.filter(({ misses }) => misses.length > 0);
  throw new ApidoubleError('ERR_EXPECTATION', explain({ operation, times, found, others }));
}

interface Outcome {
  readonly operation: string;
  readonly times: number | undefined;
  readonly found: readonly JournalEntry[];
  readonly others: readonly { readonly entry: JournalEntry; readonly misses: readonly Miss[] }[];
}

const mostShown = 10;

function explain({ operation, times, found, others }: Outcome): string {
  const wanted = times === undefined ? 'at least 1 call was expected' : `${calls(times)} expected`;
  const came = found.length + others.length;
  const seen =
    came === 0
      ? 'none came'
      : `${found.length} of the ${came} that came ${found.length === 1 ? 'is' : 'are'} as expected`;
  const lines = [`Cannot confirm the calls of "${operation}": ${wanted}, and ${seen}.`];
  const shown = found.length > (times ?? 0) ? found.map((entry) => ({ entry, misses: [] })) : others;
  for (const { entry, misses } of shown.slice(-mostShown)) lines.push(`  ${callLine(entry, misses)}`);
  if (shown.length > mostShown) lines.push(`  … and ${shown.length - mostShown} earlier`);
  return lines.join('\n');
}

function calls(count: number): string {
  return count === 1 ? '1 call was' : `${count} calls were`;
}

function callLine({ id, request, bodiesCut }: JournalEntry, misses: readonly Miss[]): string {
  const differences = misses.map(missText).join('; ');
  const call = `#${id} ${request.method} ${request.target}${bodiesCut ? ' (the journal had no room for its body)' : ''}`;
  return differences === '' ? call : `${call}: ${differences}`;
}

/** One difference in words: `body $.action: expected "login", seen "logout"`. */
export function missText({ place, expected, seen }: Miss): string {
  return `${place}: expected ${expected}, seen ${seen}`;
}
