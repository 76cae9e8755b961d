import type { Facts, Link, RawError } from './emitted.ts';
import { countChoice, runState, whereItHolds } from './run-state.ts';

type Choice = 'oneOf' | 'anyOf';

/** Which branches hold. */
function holding(links: readonly Link[], value: unknown): number[] {
  const found: number[] = [];
  for (const [index, link] of links.entries()) if (link.check(value)) found.push(index);
  return found;
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
  for (const [branch, link] of links.entries()) {
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
