import { type ApiDocument, type LoadOptions, loadDocument } from '../document/index.ts';
import { refuseOption } from './option-values.ts';

/** The flags that say how a document is read. */
export interface DocumentFlags {
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
  /** No flag: the configuration's. */
  readonly corrections?: NonNullable<LoadOptions['corrections']>;
}

/** How `loadDocument` reads, from the flags. */
export function loadOptions({ allowHost = [], overlay = [], corrections }: DocumentFlags): DocumentReading {
  return { allowHosts: allowHost, overlays: overlay, ...(corrections === undefined ? {} : { corrections }) };
}

type DocumentReading = Required<Pick<LoadOptions, 'allowHosts' | 'overlays'>> &
  Pick<LoadOptions, 'corrections'>;

/** The word for the document. Throws `ERR_OPTION` where there is none. */
export function namedDocument(name: string | undefined): string {
  if (name !== undefined) return name;
  throw refuseOption('document', '', 'none is named. Name a file, a URL, or - for standard input.');
}

/** What standard input gives, piece by piece. */
export type Input = AsyncIterable<Uint8Array | string>;

/**
 * What `createMock` is given for the word on the command line: the word itself for a file or a URL, which it can read
 * again; the document for standard input (`-`), which it cannot. Throws what `loadDocument` throws.
 */
export async function readSource(
  argument: string,
  input: Input,
  flags: DocumentFlags,
): Promise<string | ApiDocument> {
  return argument === '-' ? loadDocument('-', { ...loadOptions(flags), stdin: input }) : argument;
}

/** Standard input to its end, as text. */
export async function readToEnd(input: Input): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of input) {
    text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

/** A text in the form of standard input. */
export async function* inputOf(text: string): AsyncGenerator<string> {
  yield text;
}
