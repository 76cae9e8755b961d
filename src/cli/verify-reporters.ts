import { appendFileSync, writeFileSync } from 'node:fs';
import {
  type ContractOptions,
  createReporter,
  parseReporter,
  type Report,
  type Reporter,
} from '../contract/index.ts';
import { ApidoubleError, fileReason, systemClock } from '../core/index.ts';
import type { Terminal } from './terminal.ts';

/** What the reporters of a run need to know. */
export interface Reporting {
  readonly version: string;
  /** Values that must not be written anywhere. */
  readonly secrets: readonly string[];
  /** Names of headers, query keys and cookies that carry credentials. */
  readonly secretNames: readonly string[];
  readonly failOn: 'must' | 'should' | 'may';
  readonly budget: NonNullable<ContractOptions['budget']>;
}

/** The reporters of these names. Throws `ERR_OPTION` for an unknown one. */
export function reportersOf(
  terminal: Terminal,
  names: readonly string[],
  { version, secrets, secretNames, failOn, budget }: Reporting,
): readonly Reporter[] {
  // Some terminals say that they have no columns.
  const columns = process.stdout.columns || undefined;
  const progress = { draw: terminal.error.write, ...budget };
  return names.map((text) => {
    const { name, file } = parseReporter(text);
    return createReporter(name, {
      write: file === undefined ? terminal.out.write : (content) => writeReport(file, content),
      clock: systemClock,
      version,
      root: process.cwd(),
      failOn,
      secrets: { values: secrets, names: secretNames },
      writeSummary,
      ...(file === undefined ? { palette: terminal.out.colors } : {}),
      ...(columns === undefined ? {} : { columns }),
      ...(terminal.error.isTerminal ? { progress } : {}),
    });
  });
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot write report "${file}": ${fileReason(error, 'write')}. Name a file that can be written.`,
    );
  }
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary */
function writeSummary(markdown: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file !== undefined && file !== '') appendFileSync(file, markdown);
}

/** Tells reporters how a run ended, once what the baseline bears with is out of its report. */
export function tellEnd(reporters: readonly Reporter[], report: Report): void {
  for (const reporter of reporters) {
    for (const result of report.results) reporter.onEvent({ kind: 'verdict', result });
    for (const finding of report.findings) reporter.onEvent({ kind: 'finding', finding });
    reporter.onEvent({ kind: 'finished', report });
  }
}
