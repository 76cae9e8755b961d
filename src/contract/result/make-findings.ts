import type { ApiDocument } from '../../document/index.ts';
import type { CountedFailure } from '../judging/ledger.ts';
import { gradeRules } from '../planning/obligation.ts';
import { byGrade } from '../report/group-findings.ts';
import type { ContractFinding, Grade, ReportedPlace } from '../report.ts';
import type { Group } from './group-failures.ts';
import type { Redactor } from './redact.ts';
import { type Repetition, type Resend, repeat, unrepeated } from './repeat.ts';

/** What findings are made with. */
export interface FindingContext {
  readonly document: ApiDocument;
  readonly redactor: Redactor;
  /** Grades that somebody gives; they win over what a failure says of itself. */
  readonly grades: Readonly<Record<string, Grade>>;
  /** Sends a request once more; `undefined` where no answer came. */
  readonly resend: Resend;
}

const mostConfirmed = 200;

/** Makes the findings, each sent again before it is told. */
export async function makeFindings(
  groups: readonly Group[],
  context: FindingContext,
): Promise<ContractFinding[]> {
  const findings: ContractFinding[] = [];
  for (const [index, group] of groups.entries()) {
    const first = group.failures[0];
    if (first === undefined) continue;
    const repetition = index < mostConfirmed ? await repeat(first, context.resend) : unrepeated;
    findings.push(makeFinding(group, { first, repetition, context }));
  }
  return findings;
}

interface Making {
  readonly first: CountedFailure;
  readonly repetition: Repetition;
  readonly context: FindingContext;
}

function makeFinding(group: Group, { first, repetition, context }: Making): ContractFinding {
  const { id, cause, failures } = group;
  const { obligation } = first.duty;
  const { method, path, operationId } = obligation.operation;
  const place = placeOf(first, context.document);
  const { redactor } = context;
  return {
    id,
    check: obligation.check,
    operation: { method, path, ...(operationId === undefined ? {} : { operationId }) },
    grade: worstOf(failures, context.grades),
    title: failures.length === 1 ? obligation.title : redactor.text(cause),
    message: redactor.text([messageOf(group), ...repetition.words].join(' ')),
    cause: redactor.text(cause),
    labels: repetition.labels,
    secondOpinion: 'silent',
    expected: redactor.text(first.expected),
    seen: redactor.text(first.seen),
    request: redactor.request(first.exchange.request),
    response: redactor.response(first.exchange.response),
    ...(place === undefined ? {} : { document: place }),
    ...stepsOf(first, redactor),
    occurrences: failures.reduce((sum, one) => sum + one.occurrences, 0),
    instances: failures.map(({ duty, statuses }) => ({ obligation: duty.obligation.id, statuses })),
  };
}

/** A single step is the request itself. */
function stepsOf({ steps = [] }: CountedFailure, redactor: Redactor): Pick<ContractFinding, 'steps'> {
  if (steps.length < 2) return {};
  return {
    steps: steps.map(({ request, response }) => ({
      request: redactor.request(request),
      status: response.status,
    })),
  };
}

function worstOf(failures: readonly CountedFailure[], given: FindingContext['grades']): Grade {
  const grades = failures.map(({ grade, duty: { obligation } }) => {
    const wanted = gradeRules(obligation.operation, given)(obligation.check);
    return wanted ?? softer(grade, obligation.grade);
  });
  if (grades.includes('must')) return 'must';
  return grades.includes('should') ? 'should' : 'may';
}

/** What a failure says of itself holds only where it is milder. */
function softer(own: Grade | undefined, usual: Grade): Grade {
  return byGrade(own ?? 'must', usual) > 0 ? (own ?? usual) : usual;
}

function messageOf({ failures, extent }: Group): string {
  const first = [failures[0]?.message ?? '', ...(extent === undefined ? [] : [extent])].join(' ');
  if (failures.length === 1) return first;
  const others = failures.slice(1, 12).map(({ duty }) => duty.obligation.id);
  const more = failures.length > 12 ? `, and ${failures.length - 12} more` : '';
  return `${first} The same shows in ${others.join(', ')}${more}.`;
}

function placeOf({ origin, duty }: CountedFailure, document: ApiDocument): ReportedPlace | undefined {
  for (const place of [origin, duty.origin]) {
    if (place === undefined) continue;
    try {
      const { file, line, column, pointer } = document.locate(place);
      return { file, line, column, pointer };
    } catch {
      // A place that was made up has no line.
    }
  }
  return undefined;
}
