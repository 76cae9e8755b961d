import pc from 'picocolors';

/** The colours of one output; each returns its text unchanged where colours are off. */
export type Colors = ReturnType<typeof pc.createColors>;

/** One of the two places that a command writes to. */
export interface Output {
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  readonly colors: Colors;
  /** Writes text as it is; callers end their lines. */
  write(text: string): void;
}

/** What a command needs of the process it runs in. */
export interface Terminal {
  /** What scripts read: lists, reports, the ready line. */
  readonly out: Output;
  /** What people read on the side: logs and errors. */
  readonly error: Output;
  /** Reads standard input to its end. */
  readInput(): Promise<string>;
}

/** The terminal (or the pipes) that this process was started with. Obeys NO_COLOR, FORCE_COLOR and TERM=dumb. */
export function processTerminal(): Terminal {
  return {
    out: outputOf(process.stdout),
    error: outputOf(process.stderr),
    readInput: readStandardInput,
  };
}

/** An output without colours that hands on what is written; for anything that is no stream of the process. */
export function plainOutput(write: (text: string) => void, isTerminal = false): Output {
  return { isTerminal, colors: pc.createColors(false), write };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  // A reader that went away (`apidouble mock api.yaml | head`) must not end a server.
  stream.on('error', ignoreClosedPipe);
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    colors: pc.createColors(wantsColors(isTerminal)),
    write: (text) => {
      stream.write(text);
    },
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** @see https://no-color.org */
function wantsColors(isTerminal: boolean): boolean {
  if (process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR) return true;
  return isTerminal && process.env.TERM !== 'dumb';
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
