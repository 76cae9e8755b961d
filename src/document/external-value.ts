import { ApidoubleError, type ErrorCode } from '../core/index.ts';
import type { ApiDocument, ExampleObject } from './api-document.ts';
import type { SourceReader } from './source-reader.ts';

const readers = new WeakMap<ApiDocument, SourceReader>();

/** Keeps what a document was read with, for what is read later. */
export function rememberReader(document: ApiDocument, reader: SourceReader): void {
  readers.set(document, reader);
}

/**
 * Reads the bytes that an example's `externalValue` names, under the rules for references; each call reads anew.
 *
 * Throws `ERR_REFERENCE_HOST` for a host that was not named, `ERR_REFERENCE` where it may not or cannot be read, and
 * `ERR_OPTION` for an example without one, or a document that `loadDocument` did not make.
 */
export async function readExternalValue(document: ApiDocument, example: ExampleObject): Promise<Uint8Array> {
  const reader = readers.get(document);
  const uri = example.externalValue;
  if (reader === undefined || uri === undefined) {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot read external value "${uri ?? ''}": the example has none, or its document was not loaded from a source. Pass an example of a loaded document.`,
    );
  }
  const read = await reader.readReferenced(uri, document.uri);
  if (!('code' in read)) return read.bytes;
  const code: ErrorCode = read.code === 'document.reference-host' ? 'ERR_REFERENCE_HOST' : 'ERR_REFERENCE';
  throw new ApidoubleError(
    code,
    `Cannot read external value "${uri}": ${read.reason}. Correct the document, or give the value in place.`,
    { location: document.locate(example.origin) },
  );
}
