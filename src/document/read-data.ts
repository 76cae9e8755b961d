import type { JsonPointer, SourceLocation } from '../core/index.ts';
import { parseSource, type SourceName } from './parse-source.ts';
import { type Positions, positionsOf } from './positions.ts';

/** A text as data, with the line and column of each value. */
export interface ReadData {
  readonly root: unknown;
  /** The place itself, or the nearest around it that is there. */
  locate(pointer: JsonPointer): SourceLocation;
}

/** Reads YAML or JSON that is no API document. Throws `ERR_DOCUMENT_SYNTAX` as `parseSource` does. */
export function readData(text: string, name: SourceName): ReadData {
  const { root, syntax } = parseSource(text, name);
  let positions: Positions | undefined;
  return {
    root,
    locate(pointer) {
      positions ??= positionsOf({ text, syntax });
      return { ...name, pointer, ...positions.find(pointer) };
    },
  };
}
