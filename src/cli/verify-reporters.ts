import { appendFileSync, writeFileSync } from 'node:fs';
import { createReporter, parseReporter, type Report, type Reporter } from '../contract/index.ts';
import { ApidoubleError, systemClock } from '../core/index.ts';
import type { Terminal } from './terminal.ts';
import type { VerifyFlags } from './verify-flags.ts';

/** What the reporters of a run need to know. */
export interface Reporting {
  readonly flags: VerifyFlags;
  readonly version: string;
  /** Values that must not be written anywhere. */
  readonly secrets: readonly string[];
}

/** The reporters that `--reporter` names; `pretty` where there is none. Throws `ERR_OPTION` for an unknown name. */
export function reportersOf(terminal: Terminal, { flags, version, secrets }: Reporting): readonly Reporter[] {
  const { requests, time, failOn } = flags;
  const progress = {
    draw: terminal.error.write,
    ...(requests === undefined ? {} : { requests }),
    ...(time === undefined ? {} : { seconds: time }),
  };
  return (flags.reporter ?? ['pretty']).map((text) => {
    const { name, file } = parseReporter(text);
    return createReporter(name, {
      write: file === undefined ? terminal.out.write : (content) => writeReport(file, content),
      clock: systemClock,
      version,
      root: process.cwd(),
      failOn,
      secrets: { values: secrets },
      writeSummary,
      ...(file === undefined ? { palette: terminal.out.colors } : {}),
      ...(process.stdout.columns === undefined ? {} : { columns: process.stdout.columns }),
      ...(terminal.error.isTerminal ? { progress } : {}),
    });
  });
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot write report "${file}": ${reason}. Name a file that can be written.`,
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
