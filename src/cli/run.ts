import type { Command } from 'commander';
import type { LoadedConfig } from '../config/index.ts';
import { normalizeArguments } from './arguments.ts';
import { configFileFor } from './config-flags.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import type { MockFlags } from './mock-flags.ts';
import { type Actions, createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line (without `node` and the script) to its end and gives the exit code. It never rejects.
 *
 * Each command is loaded when it is asked for, so that `--help` is instant and `mock` does not wait for what `lint` needs.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  let configured: Configured = { words: [] };
  const actions: Actions = {
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
      code = await runProxy({ document, upstream, flags, loaded: configured.loaded }, terminal);
    },
    check: async (file, flags) => {
      const { runCheck } = await import('./check.ts');
      code = await runCheck({ file, flags, loaded: configured.loaded }, terminal);
    },
    replay: async (file, flags) => {
      const { runReplay } = await import('./replay.ts');
      code = await runReplay({ file, flags, loaded: configured.loaded }, terminal);
    },
    learn: async (file, flags) => {
      const { runLearn } = await import('./learn.ts');
      code = await runLearn({ file, flags, loaded: configured.loaded }, terminal);
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
  };
  try {
    const [name = '', ...words] = normalizeArguments(argv);
    const program = await createProgram(actions, terminal.out, name);
    const command = program.commands.find((one) => one.name() === name);
    configured = await configuredFor(command, words, process.cwd());
    await program.parseAsync(argv.length === 0 ? [] : [name, ...configured.words, ...words], {
      from: 'user',
    });
    return code;
  } catch (error) {
    return reportFailure(error, terminal.error);
  }
}

interface Configured {
  /** As if they stood on the command line before the others. */
  readonly words: readonly string[];
  readonly loaded?: LoadedConfig;
  /** For the mock, which reads its document by itself. */
  readonly document?: string;
  readonly corrections?: NonNullable<MockFlags['corrections']>;
}

/** What the configuration says of a command by its flags. Where there is none, nothing is loaded for it. */
async function configuredFor(
  command: Command | undefined,
  words: readonly string[],
  cwd: string,
): Promise<Configured> {
  const name = command?.name();
  if (command === undefined || words.includes('--help')) return { words: [] };
  if (!command.options.some(({ long }) => long === '--config') || name === 'verify' || name === 'recheck')
    return { words: [] };
  const file = configFileFor(words, cwd);
  if (file === undefined) return { words: [] };
  const { documentIn, readConfig, readingOf } = await import('../config/index.ts');
  const { configArguments } = await import('./config-arguments.ts');
  const loaded = await readConfig(file, cwd);
  const own = configArguments(command, loaded, words);
  if (name !== 'mock') return { words: own, loaded };
  const document = documentIn(loaded);
  const { corrections, allowHosts = [], overlays = [] } = readingOf(loaded);
  const reading = [
    ...allowHosts.map((one) => `--allow-host=${one}`),
    ...overlays.map((one) => `--overlay=${String(one)}`),
  ];
  return {
    words: [...reading, ...own],
    ...(document === undefined ? {} : { document }),
    ...(corrections === undefined ? {} : { corrections }),
  };
}
