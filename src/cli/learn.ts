import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/index.ts';
import { counted, fileReason } from '../core/index.ts';
import { createExchangeJudge, createLearner, type Learned, overlayOf } from '../proxy/index.ts';
import { eachExchange } from '../recording/index.ts';
import { ofOrigins } from './check.ts';
import { loadNamed } from './config.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { LearnFlags } from './learn-flags.ts';
import { refuseOption } from './option-values.ts';
import type { Terminal } from './terminal.ts';

/** What stands on the command line, and what the configuration says. */
export interface LearnCommand {
  readonly file: string;
  readonly flags: LearnFlags;
  readonly loaded: LoadedConfig | undefined;
}

/** `apidouble learn`: makes fixtures and examples of a recording. Throws what keeps it from reading or writing. */
export async function runLearn({ file, flags, loaded }: LearnCommand, terminal: Terminal): Promise<ExitCode> {
  const document = await loadNamed(flags.document, { flags, loaded, terminal });
  const learner = createLearner(document, createExchangeJudge(document));
  const isWanted = ofOrigins(flags.origin);
  const notes = await eachExchange(file, (recorded) => {
    if (isWanted(recorded)) learner.add(recorded);
  });
  const learned = learner.learned();
  const written = await write(learned, flags.out, `Answers of ${document.info.title} that were recorded`);
  for (const note of notes) terminal.error.write(`${note}\n`);
  for (const [reason, count] of learned.skipped)
    terminal.error.write(`Nothing was learned from ${counted(count, 'exchange')}: ${reason}.\n`);
  terminal.out.write(summaryOf(learned, written, flags));
  return written.length === 0 ? exitCodes.inconclusive : exitCodes.done;
}

async function write({ things, examples }: Learned, out: string, title: string): Promise<string[]> {
  const files = new Map<string, unknown>();
  for (const [noun, list] of things) files.set(join('fixtures', `${noun}.json`), list);
  if (examples.length > 0) files.set('examples.overlay.json', overlayOf(examples, title));
  try {
    if (things.size > 0) await mkdir(join(out, 'fixtures'), { recursive: true });
    else if (files.size > 0) await mkdir(out, { recursive: true });
    for (const [name, value] of files)
      await writeFile(join(out, name), `${JSON.stringify(value, null, 2)}\n`);
  } catch (error) {
    throw refuseOption('--out', out, `${fileReason(error, 'write')}. Name a folder that can be written.`);
  }
  return [...files.keys()];
}

function summaryOf(
  { things, examples }: Learned,
  written: readonly string[],
  { out, document }: LearnFlags,
): string {
  if (written.length === 0) return 'Nothing was learned.\n';
  const counts = [...things].map(([noun, list]) => `${list.length} ${noun}`);
  const use = [
    things.size === 0 ? '' : ` --fixtures ${join(out, 'fixtures')}`,
    examples.length === 0 ? '' : ` --overlay ${join(out, 'examples.overlay.json')}`,
  ];
  return [
    `Learned ${[...counts, counted(examples.length, 'example')].join(', ')}.`,
    ...written.map((file) => `  ${join(out, file)}`),
    `Use them: apidouble mock${document === undefined ? '' : ` ${document}`}${use.join('')}`,
    '',
  ].join('\n');
}
