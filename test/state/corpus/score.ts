import { type CollectionFacts, type Collections, factNames } from './seen.ts';

/** How often the inference and a person agree. */
export interface Score {
  readonly right: number;
  /** Seen, and not there. */
  readonly wrong: readonly string[];
  /** There, and not seen. */
  readonly missed: readonly string[];
}

/** The scores of one document: of the collections, and of what is known of each. */
export interface DocumentScore {
  readonly collections: Score;
  readonly facts: Score;
}

/** Compares what was seen with the truth. The facts of collections that were not seen are missed, too. */
export function score(truth: Collections, seen: Collections): DocumentScore {
  const paths = new Set([...Object.keys(truth), ...Object.keys(seen)]);
  const collections = tally();
  const facts = tally();
  for (const path of paths) {
    const [told, found] = [truth[path], seen[path]];
    if (told === undefined) collections.wrong.push(`${path} beside ${found?.item}`);
    else if (found === undefined || found.item !== told.item)
      collections.missed.push(`${path} beside ${told.item}`);
    else collections.right += 1;
    // What a collection that is none has for its facts is no fault of its own.
    if (told !== undefined) compareFacts(path, { told, found }, facts);
  }
  return { collections, facts };
}

interface Tally extends Score {
  right: number;
  readonly wrong: string[];
  readonly missed: string[];
}

function tally(): Tally {
  return { right: 0, wrong: [], missed: [] };
}

function compareFacts(
  path: string,
  { told, found }: { readonly told: CollectionFacts; readonly found: CollectionFacts | undefined },
  facts: Tally,
): void {
  for (const name of factNames) {
    const [want, have] = [told[name], found?.[name]];
    if (want === undefined && have === undefined) continue;
    const wanted = typeof want === 'object' ? want : want === undefined ? [] : [want];
    if (typeof have === 'string' && wanted.includes(have)) {
      facts.right += 1;
      continue;
    }
    if (have !== undefined) facts.wrong.push(`${path} ${name}: ${have}`);
    if (want !== undefined) facts.missed.push(`${path} ${name}: ${wanted.join(' or ')}`);
  }
}

/** All scores as one. */
export function sum(scores: readonly Score[]): Score {
  return {
    right: scores.reduce((total, one) => total + one.right, 0),
    wrong: scores.flatMap((one) => one.wrong),
    missed: scores.flatMap((one) => one.missed),
  };
}

/** Of what is seen, the share that is there. */
export function precision({ right, wrong }: Score): number {
  return right + wrong.length === 0 ? 1 : right / (right + wrong.length);
}

/** Of what is there, the share that is seen. */
export function recall({ right, missed }: Score): number {
  return right + missed.length === 0 ? 1 : right / (right + missed.length);
}
