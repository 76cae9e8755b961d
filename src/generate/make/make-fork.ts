import type { Random } from '../../core/index.ts';
import { failed, type Make, type Run } from '../run.ts';
import { depthOf, isImpossible } from '../shape/analysis.ts';
import type { Shape } from '../shape/shape.ts';
import { wantedScore } from './wanted-score.ts';

interface Branch {
  readonly shape: Shape;
  readonly make: Make;
  readonly weight: number;
  readonly depth: number;
}

/** From this try on the branches are used that make the others fail on purpose. */
const strictFrom = 12;

/** Compiles the maker of a place that is decided by choosing one of several schemas. */
export function compileFork(shape: Shape, compile: (branch: Shape) => Make): Make {
  let usual: readonly Branch[] | undefined;
  let strict: readonly Branch[] | undefined;
  let isSpare = false;
  return (run, random, owner) => {
    if (usual === undefined) {
      usual = branchesOf(shape, compile, undefined);
      isSpare = usual.length === 0;
      if (isSpare) usual = branchesOf(shape, compile, 'spare');
    }
    if (run.attempt >= strictFrom) strict ??= branchesOf(shape, compile, 'strict');
    const isStrict = run.attempt >= strictFrom && strict !== undefined && strict.length > 0;
    const branches = isStrict && strict !== undefined ? strict : usual;
    const value = takeOne(run, random, owner, order(run, random, branches));
    // The judge overlooks some members by direction, and picks a branch by its tag: neither is known here.
    if (isStrict || isSpare) run.uncertain = true;
    return value;
  };
}

function branchesOf(
  shape: Shape,
  compile: (branch: Shape) => Make,
  which: 'strict' | 'spare' | undefined,
): Branch[] {
  const branches: Branch[] = [];
  for (const [index, alternative] of (shape.choice?.alternatives ?? []).entries()) {
    if (alternative.strict !== (which === 'strict' || undefined)) continue;
    if (alternative.spare !== (which === 'spare' || undefined)) continue;
    const branch = shape.branches[index]?.();
    if (branch === undefined || isImpossible(branch)) continue;
    let make: Make | undefined;
    branches.push({
      shape: branch,
      make: (run, random, owner) => {
        make ??= compile(branch);
        return make(run, random, owner);
      },
      weight: weightOf(branch),
      depth: depthOf(branch),
    });
  }
  return branches;
}

/** `null` and the branch that avoids a condition are the rare ones. */
function weightOf(branch: Shape): number {
  const kinds = branch.leaf?.kinds;
  return kinds?.length === 1 && kinds[0] === 'null' ? 1 : 9;
}

function order(run: Run, random: Random, branches: readonly Branch[]): readonly Branch[] {
  if (run.level === 0 && run.wanted !== undefined) return byWanted(run.wanted, branches);
  if (run.allowance < 4) return [...branches].sort((one, other) => one.depth - other.depth);
  const total = branches.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.fork(`~choice${run.attempt}`).next() * total;
  const index = branches.findIndex(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  const first = Math.max(0, index);
  return first === 0 ? branches : [...branches.slice(first), ...branches.slice(0, first)];
}

function byWanted(wanted: Readonly<Record<string, unknown>>, branches: readonly Branch[]): readonly Branch[] {
  const scored = branches.map((branch) => ({ branch, score: wantedScore(branch.shape, wanted) }));
  return scored.sort((one, other) => other.score - one.score).map(({ branch }) => branch);
}

function takeOne(run: Run, random: Random, owner: Random, branches: readonly Branch[]): unknown {
  for (const branch of branches) {
    const value = branch.make(run, random, owner);
    if (value !== failed) return value;
  }
  return failed;
}
