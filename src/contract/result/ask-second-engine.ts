import type { ApiDocument } from '../../document/index.ts';
import type { ApiPlan } from '../../plan/index.ts';
import { createSecondOpinion, type Judgement, type SecondOpinionEngine } from '../../second-opinion/index.ts';
import type { CountedFailure } from '../judging/ledger.ts';
import type { ContractFinding } from '../report.ts';
import type { Group } from './group-failures.ts';
import { type Question, questionOf } from './question.ts';
import type { Redactor } from './redact.ts';

/** What the second engine is asked with. */
export interface Asking {
  readonly document: ApiDocument;
  readonly api: ApiPlan;
  readonly redactor: Pick<Redactor, 'text'>;
}

/**
 * The findings (each that of the group at its index) with what Prism says of the same exchange. It is loaded only where there is
 * something that it could look at, and is silent where it fails.
 */
export async function askSecondEngine(
  findings: readonly ContractFinding[],
  groups: readonly Group[],
  { document, api, redactor }: Asking,
): Promise<ContractFinding[]> {
  const asked = groups.map((group) => askedOf(group, { document, api }));
  const operations = new Set(asked.flatMap((one) => (one === undefined ? [] : [one.operation])));
  if (operations.size === 0) return [...findings];
  const engine = await createSecondOpinion(document, { operations: [...operations] });
  return findings.map((finding, index) => {
    const one = asked[index];
    if (one === undefined) return finding;
    const { opinion, prism } = answerOf(engine, one);
    const opinions =
      opinion === 'disputed' ? { opinions: { ours: finding.message, prism: redactor.text(prism) } } : {};
    return { ...finding, secondOpinion: opinion, ...opinions };
  });
}

interface Asked {
  readonly operation: ApiDocument['operations'][number];
  readonly failure: CountedFailure;
  readonly question: Question;
}

function askedOf(
  { failures: [failure] }: Group,
  { document, api }: Omit<Asking, 'redactor'>,
): Asked | undefined {
  const key = failure?.duty.obligation.operation.key;
  const operation = document.operations.find((one) => one.key === key);
  if (failure === undefined || operation === undefined) return undefined;
  const question = questionOf(failure, api.compile(operation));
  return question === undefined ? undefined : { operation, failure, question };
}

function answerOf(engine: SecondOpinionEngine, { operation, failure, question }: Asked): Judgement {
  const { exchange } = failure;
  return question.kind === 'finding'
    ? engine.judge(operation, exchange, question.finding)
    : engine.judgeRefusal(operation, exchange, question.place);
}
