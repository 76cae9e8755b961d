import type { Traffic } from '../proxy/index.ts';
import { coverageSummary } from './coverage-table.ts';
import type { Output } from './terminal.ts';

/** How long nothing has to pass before it is told. */
const quietMs = 5_000;

/** Tells, each time that traffic has fallen silent, how much of the document was seen, where that is more than was told last. */
export interface QuietCoverage {
  /** To be called once per exchange. */
  passed(): void;
  close(): void;
}

/** Makes one that tells a person. `quiet` is in milliseconds. */
export function createQuietCoverage(
  traffic: () => Traffic,
  output: Output,
  quiet: number = quietMs,
): QuietCoverage {
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    const now = traffic();
    const covered = now.operations.map(({ statuses }) => statuses.size).join(' ');
    const state = `${covered} ${now.findings.length}`;
    if (state === told) return;
    told = state;
    output.write(`${coverageSummary(now, output.colors)}\n`);
  };
  return {
    passed() {
      if (timer === undefined) timer = setTimeout(tell, quiet).unref();
      else timer.refresh();
    },
    close: () => clearTimeout(timer),
  };
}
