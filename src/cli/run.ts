import { normalizeArguments } from './arguments.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line (without `node` and the script) to its end and gives the exit code. It never rejects.
 *
 * Each command is loaded when it is asked for, so that `--help` is instant and `mock` does not wait for what `lint` needs.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const program = createProgram(
    {
      mock: async (document, flags) => {
        const { runMock } = await import('./mock.ts');
        code = await runMock(document, flags, terminal);
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
    await program.parseAsync(normalizeArguments(argv), { from: 'user' });
    return code;
  } catch (error) {
    return reportFailure(error, terminal.error);
  }
}
