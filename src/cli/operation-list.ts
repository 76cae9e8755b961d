import { printable, shellWord } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import { curlCommand } from './curl-command.ts';
import type { CallSampler } from './sample-call.ts';
import type { Colors } from './terminal.ts';

/** How many lines a terminal shows before the list is cut. */
const shortLength = 40;

/** Up to how many operations each line is a whole command. */
export const commandLimit = 40;

/** What the list is made of. */
export interface OperationListOptions {
  readonly operations: readonly ApiOperation[];
  readonly baseUrl: string;
  readonly sample: CallSampler;
  readonly list: 'all' | 'short' | 'none';
  readonly colors: Colors;
}

/** One line per operation to copy: a curl command where there are few operations, else method and URL. */
export function operationLines(options: OperationListOptions): string[] {
  const { operations, list } = options;
  if (list === 'none') return [];
  const usable = operations.filter((one) => one.disabledBy === undefined);
  const shown = list === 'short' ? usable.slice(0, shortLength) : usable;
  const line = usable.length <= commandLimit ? commandLine : urlLine;
  const lines = shown.map((operation) => line(operation, options));
  const hidden = usable.length - shown.length;
  if (hidden > 0) lines.push(`… and ${hidden} more; --list all prints them`);
  return lines;
}

function commandLine(operation: ApiOperation, { baseUrl, sample }: OperationListOptions): string {
  return curlCommand(sample(operation, baseUrl));
}

function urlLine(operation: ApiOperation, { baseUrl, sample, colors }: OperationListOptions): string {
  const { method, url } = sample(operation, baseUrl);
  return `${colors.bold(printable(method).padEnd(7))} ${shellWord(printable(url))}`;
}
