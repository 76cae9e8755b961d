import type { Random } from '../../core/index.ts';
import { doubtfulNull } from '../../schema/index.ts';
import { failed, lookLimit, type Make, type Run } from '../run.ts';
import { costOf, depthOf, isImpossible } from '../shape/analysis.ts';
import type { Shape } from '../shape/shape.ts';
import { compileStrictly } from './make-strictly.ts';
import { wantedScore } from './wanted-score.ts';

interface Branch {
  readonly shape: Shape;
  readonly make: Make;
  readonly weight: number;
  readonly depth: number;
  readonly isSpare: boolean;
}

/** From this try on, what must fail is made to fail on purpose. */
const strictFrom = 12;

/**
 * Compiles the maker of a place that is decided by choosing one of several schemas. One that is for a single try only is
 * charged for what is looked at to make it.
 */
export function compileFork(
  shape: Shape,
  compileFor: (branch: Shape, isForOneTry: boolean) => Make,
  isForOneTry: boolean,
): Make {
  const compile = (branch: Shape): Make => compileFor(branch, isForOneTry);
  let usual: readonly Branch[] | undefined;
  let forWanted: readonly Branch[] = [];
  let isDoubtful = false;
  const isFamily = shape.choice?.keyword === 'family';
  const strictly = compileStrictly(shape, (branch) => compileFor(branch, true));
  return (run, random, owner) => {
    if (run.attempt >= strictFrom && strictly !== undefined) return strictly(run, random, owner);
    if (usual === undefined) {
      if (isForOneTry) run.looks += shape.branches.reduce((sum, branch) => sum + costOf(branch()), 0);
      usual = branchesOf(shape, compile, undefined);
      const spare = isFamily || usual.length === 0 ? branchesOf(shape, compile, true) : [];
      // What was sent to a mock may have a name that the document does not tell of.
      forWanted = [...usual, ...spare];
      // The judge picks a branch by its tag, which is not looked at here; at the names of a family it does not look.
      isDoubtful = usual.length === 0 && !isFamily;
      if (usual.every(isRare)) usual = forWanted;
    }
    const isWanted = run.level === 0 && run.wanted !== undefined;
    // Where all members of a family hold a further one, only the head by itself comes to an end.
    const isEnding = isFamily && run.allowance < leastAllowance;
    const branches = isWanted || isEnding ? forWanted : usual;
    const value = takeOne(run, random, owner, order(run, random, branches));
    if (isDoubtful) run.uncertain = true;
    return value;
  };
}

function branchesOf(shape: Shape, compile: (branch: Shape) => Make, spare: true | undefined): Branch[] {
  const branches: Branch[] = [];
  for (const [index, alternative] of (shape.choice?.alternatives ?? []).entries()) {
    if (alternative.spare !== spare) continue;
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
      isSpare: spare === true,
    });
  }
  return branches;
}

const usualWeight = 9;

/** `null` and the branch that avoids a condition are the rare ones; a null in doubt is for where nothing else is left. */
function weightOf(branch: Shape): number {
  if (branch.leaf?.parts.includes(doubtfulNull) === true) return 0;
  const kinds = branch.leaf?.kinds;
  return kinds?.length === 1 && kinds[0] === 'null' ? 1 : usualWeight;
}

function isRare({ weight }: Branch): boolean {
  return weight < usualWeight;
}

/** With less than this left, the branch that ends soonest is taken. */
const leastAllowance = 4;

function order(run: Run, random: Random, branches: readonly Branch[]): readonly Branch[] {
  if (run.level === 0 && run.wanted !== undefined) return byWanted(run.wanted, branches);
  if (run.allowance < leastAllowance) return [...branches].sort(run.level < doubtedBelow ? byDoubt : byDepth);
  const total = branches.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.fork(`~choice${run.attempt}`).next() * total;
  const index = branches.findIndex(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  const first = Math.max(0, index);
  return first === 0 ? branches : [...branches.slice(first), ...branches.slice(0, first)];
}

/** From this level on a recursion has to end, by a null in doubt if need be. */
const doubtedBelow = 6;

function byDepth(one: Branch, other: Branch): number {
  return one.depth - other.depth;
}

function byDoubt(one: Branch, other: Branch): number {
  return Number(one.weight === 0) - Number(other.weight === 0) || byDepth(one, other);
}

function byWanted(wanted: Readonly<Record<string, unknown>>, branches: readonly Branch[]): readonly Branch[] {
  const scored = branches.map((branch) => {
    const score = wantedScore(branch.shape, wanted);
    return { branch, score: branch.isSpare ? score - 0.5 : score };
  });
  return scored.sort((one, other) => other.score - one.score).map(({ branch }) => branch);
}

/** What a branch costs that was taken in vain: forks below one another have as many ways as their branches multiply to. */
const looksInVain = 100;

function takeOne(run: Run, random: Random, owner: Random, branches: readonly Branch[]): unknown {
  for (const branch of branches) {
    const value = branch.make(run, random, owner);
    if (value !== failed) return value;
    run.looks += looksInVain;
    if (run.looks > lookLimit) break;
  }
  return failed;
}
