import type { ApiOperation } from '../../document/index.ts';
import type { Grade, Obligation, ObligationGroup, OperationReference } from '../report.ts';
import { compileGlobs } from './glob.ts';

/** What is said of an obligation; the id is what follows the operation's key. */
export interface ObligationText {
  readonly group: ObligationGroup;
  readonly id: string;
  readonly check: string;
  readonly title: string;
  readonly grade?: Grade;
}

/** Makes the obligations of one operation. */
export type MakeObligation = (text: ObligationText) => Obligation;

/** What a report says of an operation. */
export function referenceOf(operation: ApiOperation): OperationReference {
  const { key, method, path, operationId, tags } = operation;
  return { key, method, path, tags, ...(operationId === undefined ? {} : { operationId }) };
}

/** The grade that somebody gives the checks of an operation; of several rules that fit the last counts. */
export function gradeRules(
  operation: OperationReference,
  grades: Readonly<Record<string, Grade>>,
): (check: string) => Grade | undefined {
  const rules = Object.entries(grades).map(([rule, grade]) => ({
    matches: matcherOf(rule, operation),
    grade,
  }));
  return (check) => rules.findLast(({ matches }) => matches(check))?.grade;
}

/** A rule is a glob over checks, and before it, where there is a blank, one over the names of operations. */
function matcherOf(rule: string, operation: OperationReference): (check: string) => boolean {
  const blank = rule.lastIndexOf(' ');
  if (blank === -1) return compileGlobs([rule]);
  const isMeant = compileGlobs([rule.slice(0, blank)]);
  return namesOf(operation).some(isMeant) ? compileGlobs([rule.slice(blank + 1)]) : () => false;
}

/** What globs may call an operation. */
export function namesOf({ key, method, path, operationId, tags }: OperationReference): readonly string[] {
  return [`${method} ${path}`, key, ...(operationId === undefined ? [] : [operationId]), ...tags];
}

/** Makes the obligations of an operation. Two of one id are told apart by a number. */
export function obligationsOf(
  operation: OperationReference,
  grades: Readonly<Record<string, Grade>> = {},
): MakeObligation {
  const seen = new Map<string, number>();
  const given = gradeRules(operation, grades);
  return ({ group, id, check, title, grade = 'must' }) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return {
      id: `${operation.key}/${id}${count === 1 ? '' : `~${count}`}`,
      group,
      check,
      operation,
      grade: given(check) ?? grade,
      title,
    };
  };
}
