import type { Origin, SourceLocation } from '../core/index.ts';
import { type Positions, positionsOf } from './positions.ts';
import type { References } from './references.ts';
import type { SourceReader } from './source-reader.ts';

/** Makes the function that finds lines. A file is read for its positions on the first look into it. */
export function makeLocator(
  references: References,
  reader: SourceReader,
): (origin: Origin) => SourceLocation {
  const known = new Map<string, Positions>();
  return ({ uri, pointer }) => {
    let positions = known.get(uri);
    const file = references.files.get(uri);
    if (positions === undefined && file !== undefined) {
      positions = positionsOf(file);
      known.set(uri, positions);
    }
    const at = positions?.find(pointer) ?? { line: 1, column: 1 };
    return { uri, pointer, file: reader.displayName(uri), ...at };
  };
}
