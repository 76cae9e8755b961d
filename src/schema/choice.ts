import type { Facts, Link, RawError } from './emitted.ts';
import { countChoice, runState, whereItHolds } from './run-state.ts';

type Choice = 'oneOf' | 'anyOf';

/** A choice between so many is not written into its holder; and what refuses a value at a glance is asked first. */
export const wideChoice = 16;

/** Which branches hold. */
function holding(links: readonly Link[], value: unknown): number[] {
  const isWide = links.length > wideChoice;
  const found: number[] = [];
  for (const [index, link] of links.entries()) {
    if (isWide && link.refuses(value)) continue;
    if (link.check(value)) found.push(index);
  }
  return found;
}

/** Whether a wide choice holds. */
export function wideChoiceHolds(facts: Facts, keyword: Choice, value: unknown): boolean {
  const passing = holding(facts[keyword] ?? [], value);
  return keyword === 'anyOf' ? passing.length > 0 : passing.length === 1;
}

/**
 * Judges a choice and says what is wrong in few words: the errors of the branch that fits best, after one of the choice
 * itself. `undefined` where the choice holds.
 */
export function judgeChoice(
  facts: Facts,
  keyword: Choice,
  at: { readonly value: unknown; readonly instancePath: string; readonly parentSchema: object },
): RawError[] | undefined {
  countChoice();
  const links = facts[keyword] ?? [];
  const passing = holding(links, at.value);
  if (passing.length === 1 || (keyword === 'anyOf' && passing.length > 0)) {
    for (const index of passing) whereItHolds(() => links[index]?.report(at.value, at) ?? true);
    return undefined;
  }
  const best = passing.length === 0 ? bestBranch(links, at) : undefined;
  const error: RawError = {
    keyword,
    instancePath: at.instancePath,
    params: { passing, count: links.length, branch: best?.branch, rejected: best?.rejected ?? [] },
    parentSchema: at.parentSchema,
    data: at.value,
  };
  return [error, ...(best?.errors ?? [])];
}

interface Best {
  readonly branch: number | undefined;
  readonly errors: readonly RawError[];
  /** The errors of the branches that the value does not fit at all. */
  readonly rejected: readonly RawError[];
}

/** The branch that the value was most likely meant for; none where it has the wrong type for each. */
function bestBranch(
  links: readonly Link[],
  at: { readonly value: unknown; readonly instancePath: string },
): Best | undefined {
  runState.explanations -= 1;
  if (runState.explanations < 0) return undefined;
  let best: { branch: number; errors: readonly RawError[]; score: number } | undefined;
  const rejected: RawError[] = [];
  for (const [branch, link] of candidates(links, at.value)) {
    whereItHolds(() => link.report(at.value, at));
    const errors = link.report.errors ?? [];
    const refusal = errors.find((error) => refusesOutright(error, at.instancePath));
    if (refusal !== undefined) {
      rejected.push(refusal);
      continue;
    }
    const score = misfit(errors, at.instancePath);
    if (best === undefined || score < best.score) best = { branch, errors, score };
  }
  return { branch: best?.branch, errors: best?.errors ?? [], rejected };
}

/** So many branches are held against the value to find the closest. */
const mostCompared = 100;

/** Of very many branches those that a glance does not refuse; where it refuses all, the first ones. */
function candidates(links: readonly Link[], value: unknown): readonly (readonly [number, Link])[] {
  const all = [...links.entries()];
  if (all.length <= mostCompared) return all;
  const likely = all.filter(([, link]) => !link.refuses(value));
  return (likely.length > 0 ? likely : all).slice(0, mostCompared);
}

const outright: ReadonlySet<string> = new Set(['type', 'const', 'enum', 'never', 'not', 'format', 'pattern']);

function refusesOutright(error: RawError, instancePath: string): boolean {
  return error.instancePath === instancePath && outright.has(error.keyword);
}

/** A wrong tag weighs more than a missing property, and that more than a fault deeper in the value. */
function misfit(errors: readonly RawError[], instancePath: string): number {
  let score = 0;
  for (const error of errors) {
    const depth = error.instancePath.slice(instancePath.length).split('/').length - 1;
    const isTag = depth === 1 && (error.keyword === 'const' || error.keyword === 'enum');
    score += isTag ? 1_000 : 10 / (depth + 1);
  }
  return score;
}
