import { run } from '../../src/cli/run.ts';
import { plainOutput } from '../../src/cli/terminal.ts';

/** What a command line wrote, and how it ended. */
export interface Written {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line to its end in this process. */
export async function command(...words: readonly string[]): Promise<Written> {
  const written = { out: '', error: '' };
  const code = await run(words, {
    out: plainOutput((text) => {
      written.out += text;
    }),
    error: plainOutput((text) => {
      written.error += text;
    }),
    input: (async function* () {})(),
    drain: async () => {},
  });
  return { code, ...written };
}
