import type { Finding } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import type { ParameterValues } from '../../request/index.ts';

/**
 * What was found of one exchange, or of a half of it. There is one for each exchange that passes, so it always has all of its fields:
 * objects of one shape cost a fraction of those that are put together.
 */
export interface Judgement {
  /** `undefined` where the document has none for the request. */
  readonly operation: ApiOperation | undefined;
  readonly findings: readonly Finding[];
  /** Why something of it could not be judged: half a sentence for each. */
  readonly undecided: readonly string[];
  /** The values of the documented parameters that were sent; `undefined` where requests are not judged. */
  readonly given: ParameterValues | undefined;
}

/** No findings, or no reasons. */
export const nothing: readonly never[] = Object.freeze([]);

/** What was found of both halves of an exchange. */
export function joinJudgements(asked: Judgement, answered: Judgement): Judgement {
  return {
    operation: asked.operation,
    findings: joined(asked.findings, answered.findings),
    undecided: joined(asked.undecided, answered.undecided),
    given: asked.given,
  };
}

function joined<Item>(some: readonly Item[], more: readonly Item[]): readonly Item[] {
  if (more.length === 0) return some;
  return some.length === 0 ? more : [...some, ...more];
}
