import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { ApidoubleError, fileReason, type JsonPointer } from '../core/index.ts';
import { decodeText } from './decode-text.ts';
import { displayName } from './document-source.ts';
import { parseSource } from './parse-source.ts';
import { positionsOf } from './positions.ts';

/** A file of data that is no document. */
export interface DataFile {
  /** As a person knows it: relative to the working directory where it is below it. */
  readonly file: string;
  readonly value: unknown;
  /** Where a part of the value was written; both counted from 1. */
  locate(pointer: JsonPointer): { readonly line: number; readonly column: number };
}

/**
 * Reads a file of JSON or YAML. Throws `ERR_DOCUMENT_UNREADABLE` where it cannot be read, and `ERR_DOCUMENT_SYNTAX` with line
 * and column where it is neither.
 */
export async function readDataFile(path: string, cwd: string): Promise<DataFile> {
  const uri = pathToFileURL(path).href;
  const file = displayName(uri, cwd);
  const text = decodeText(await readBytes(path, file));
  const { root, syntax } = parseSource(text, { uri, file });
  let positions: ReturnType<typeof positionsOf> | undefined;
  return {
    file,
    value: root,
    locate(pointer) {
      positions ??= positionsOf({ syntax, text });
      return positions.find(pointer);
    },
  };
}

async function readBytes(path: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ApidoubleError(
      'ERR_DOCUMENT_UNREADABLE',
      `Cannot read data file "${file}": ${fileReason(error)}. Name a file of JSON or YAML that exists.`,
    );
  }
}
