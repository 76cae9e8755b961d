import { dump } from 'js-yaml';
import type { ContractFinding, Report } from '../../src/contract/index.ts';
import { isAbout } from './hold.ts';
import type { Judgement, Truth } from './truth.ts';
import { nameOf, type Unit, unitsOf } from './units.ts';

/** Entries for the findings that nobody has judged, with their evidence, for a person to judge. */
export function draftOf({ judgements }: Truth, reports: readonly Report[]): string {
  const drafts = new Map<string, object>();
  for (const report of reports) {
    for (const unit of unitsOf(report)) {
      if (judgements.some((one) => isAbout(one, unit))) continue;
      const finding = report.findings.find(({ cause }) => cause === unit.cause);
      const name = `${unit.check} ${templateOf(unit)}`;
      const known = drafts.get(name) as { operations: string[]; statuses: number[] } | undefined;
      if (known !== undefined) {
        if (!known.operations.includes(unit.operation)) known.operations.push(unit.operation);
        if (!known.statuses.includes(unit.status)) known.statuses.push(unit.status);
      } else if (finding !== undefined) drafts.set(name, draft(unit, finding));
      else throw new Error(`Cannot draft "${nameOf(unit)}": no finding has its cause.`);
    }
  }
  return dump([...drafts.values()], { lineWidth: 140 });
}

/** The cause without what differs from operation to operation. */
function templateOf({ cause, operation }: Unit): string {
  return cause
    .replaceAll(operation, '*')
    .replace(/^[A-Z]+ \/\S+ /, '* ')
    .replace(/ (accepts|refuses) .*$/s, ' $1 *')
    .replace(/^\d+ /, '* ');
}

function draft(
  { check, cause, operation, status }: Unit,
  finding: ContractFinding,
): Omit<Judgement, 'isTrue'> & { isTrue: null } {
  return {
    check,
    cause: templateOf({ check, cause, operation, status }),
    operations: [operation],
    statuses: [status],
    isTrue: null,
    because: finding.message.slice(0, 300),
    exchange: exchangeText(finding),
    document: `${finding.document?.pointer ?? ''} (line ${finding.document?.line ?? 0}): expected ${finding.expected.slice(0, 200)}`,
  };
}

function exchangeText({ request, response }: ContractFinding): string {
  const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return [
    `${request.method} ${new URL(request.url).pathname}${new URL(request.url).search}`,
    ...(request.body.content === '' ? [] : [bodyText(request.body)]),
    `${response.status} ${type ?? 'no Content-Type'}`,
    ...(response.body.content === '' ? [] : [bodyText(response.body)]),
  ].join('\n');
}

function bodyText({ encoding, content }: ContractFinding['request']['body']): string {
  const text = encoding === 'base64' ? Buffer.from(content, 'base64').toString('latin1') : content;
  return text.replaceAll(/\s+/g, ' ').slice(0, 400);
}
