/** One value of those that a place can have, both by their index. */
export interface Pick {
  readonly place: number;
  readonly choice: number;
}

/** What bounds a search. */
export interface SearchBudget {
  readonly seed: number;
  /** Cases that are tried until one fails. */
  readonly tries: number;
  /** Cases that are tried after that, to make it smaller. */
  readonly shrinks: number;
}

/** The smallest case that failed, and what replays it with fast-check. */
export interface SmallestCase {
  readonly picks: readonly Pick[];
  /** How many picks the first case that failed had. */
  readonly from: number;
  readonly seed: number;
  readonly path: string;
}

const mostPicks = 8;

/**
 * Draws combinations of picks, at most one of each place, until `holds` is false for one; then looks for fewer and earlier picks for
 * which it is still false. `choices` has the number of choices of each place. The same seed gives the same cases, in one order.
 */
export async function findSmallest(
  choices: readonly number[],
  budget: SearchBudget,
  holds: (picks: readonly Pick[]) => Promise<boolean>,
): Promise<SmallestCase | undefined> {
  const fc = await import('fast-check');
  const pick = fc
    .record({ place: fc.nat(choices.length - 1), choice: fc.nat(1_000) })
    .map(({ place, choice }): Pick => ({ place, choice: choice % Math.max(1, choices[place] ?? 1) }));
  const picks = fc.uniqueArray(pick, {
    selector: ({ place }) => place,
    minLength: 1,
    maxLength: Math.min(mostPicks, choices.length),
    size: 'max',
  });
  let from = 0;
  let shrinks = 0;
  const property = fc.asyncProperty(picks, async (given) => {
    if (from > 0 && shrinks >= budget.shrinks) return true;
    if (from > 0) shrinks += 1;
    const isKept = await holds(given);
    if (!isKept && from === 0) from = given.length;
    return isKept;
  });
  const { counterexample, counterexamplePath, seed } = await fc.check(property, {
    seed: budget.seed,
    numRuns: budget.tries,
  });
  if (counterexample === null) return undefined;
  return { picks: counterexample[0], from, seed, path: counterexamplePath ?? '' };
}
