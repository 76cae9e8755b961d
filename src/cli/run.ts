import type { Command } from 'commander';
import { normalizeArguments } from './arguments.ts';
import { configArguments, configFileFor } from './config-arguments.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import type { MockFlags } from './mock-flags.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line (without `node` and the script) to its end and gives the exit code. It never rejects.
 *
 * Each command is loaded when it is asked for, so that `--help` is instant and `mock` does not wait for what `lint` needs.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  let configured: MockConfig = { words: [] };
  const program = createProgram(
    {
      mock: async (document, flags) => {
        const [{ runMock }, { namedDocument }] = await Promise.all([
          import('./mock.ts'),
          import('./document-source.ts'),
        ]);
        const { corrections } = configured;
        const all = corrections === undefined ? flags : { ...flags, corrections };
        code = await runMock(namedDocument(document ?? configured.document), all, terminal);
      },
      proxy: async (document, upstream, flags) => {
        const { runProxy } = await import('./proxy.ts');
        code = await runProxy({ document, upstream, flags }, terminal);
      },
      check: async (file, flags) => {
        const { runCheck } = await import('./check.ts');
        code = await runCheck(file, flags, terminal);
      },
      replay: async (file, flags) => {
        const { runReplay } = await import('./replay.ts');
        code = await runReplay(file, flags, terminal);
      },
      learn: async (file, flags) => {
        const { runLearn } = await import('./learn.ts');
        code = await runLearn(file, flags, terminal);
      },
      lint: async (documents, flags) => {
        const { runLint } = await import('./lint.ts');
        code = await runLint(documents, flags, terminal);
      },
      verify: async (document, flags) => {
        const { runVerify } = await import('./verify.ts');
        code = await runVerify(document, flags, terminal);
      },
      recheck: async (report, id, flags) => {
        const { runRecheck } = await import('./recheck.ts');
        code = await runRecheck({ report, id, flags }, terminal);
      },
    },
    terminal.out,
  );
  try {
    const [name = '', ...words] = normalizeArguments(argv);
    if (name === 'mock') configured = await mockConfig(words, program);
    await program.parseAsync(argv.length === 0 ? [] : [name, ...configured.words, ...words], {
      from: 'user',
    });
    return code;
  } catch (error) {
    return reportFailure(error, terminal.error);
  }
}

interface MockConfig {
  /** As if they stood on the command line before the others. */
  readonly words: readonly string[];
  readonly document?: string;
  readonly corrections?: NonNullable<MockFlags['corrections']>;
}

/** What the configuration says of `mock`. Where there is none, nothing is loaded for it. */
async function mockConfig(words: readonly string[], program: Command): Promise<MockConfig> {
  const file = words.includes('--help') ? undefined : configFileFor(words, process.cwd());
  const command = program.commands.find((one) => one.name() === 'mock');
  if (file === undefined || command === undefined) return { words: [] };
  const { documentIn, readConfig, readingOf } = await import('../config/index.ts');
  const loaded = await readConfig(file, process.cwd());
  const document = documentIn(loaded);
  const { operations } = loaded.config;
  return {
    words: configArguments(command, loaded, readingOf(loaded)),
    ...(document === undefined ? {} : { document }),
    ...(operations === undefined ? {} : { corrections: operations }),
  };
}
