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
  /** Standard input; nothing is read of it before it is asked for. */
  readonly input: AsyncIterable<Uint8Array | string>;
  /** Resolves when all that was written has left the process. */
  drain(): Promise<void>;
}

/** The terminal (or the pipes) that this process was started with. Obeys NO_COLOR, FORCE_COLOR and TERM=dumb. */
export function processTerminal(): Terminal {
  return {
    out: outputOf(process.stdout),
    error: outputOf(process.stderr),
    get input() {
      return process.stdin;
    },
    drain: async () => {
      await Promise.all([written(process.stdout), written(process.stderr)]);
    },
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

/** An empty write is done when all before it are; a stream that has failed has nothing more to write. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writable) stream.write('', () => resolve());
    else resolve();
  });
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
