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

export type MakeObligation = (text: ObligationText) => Obligation;

export function referenceOf(operation: ApiOperation): OperationReference {
  const { key, method, path, operationId, tags } = operation;
  return { key, method, path, tags, ...(operationId === undefined ? {} : { operationId }) };
}

/** Makes the obligations of an operation. Two of one id are told apart by a number. */
export function obligationsOf(
  operation: OperationReference,
  grades: Readonly<Record<string, Grade>> = {},
): MakeObligation {
  const seen = new Map<string, number>();
  const rules = Object.entries(grades).map(([glob, grade]) => ({ matches: compileGlobs([glob]), grade }));
  return ({ group, id, check, title, grade = 'must' }) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return {
      id: `${operation.key}/${id}${count === 1 ? '' : `~${count}`}`,
      group,
      check,
      operation,
      grade: rules.find(({ matches }) => matches(check))?.grade ?? grade,
      title,
    };
  };
}
