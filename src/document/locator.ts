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
  const positionsIn = (uri: string): Positions | undefined => {
    const file = references.files.get(uri) ?? references.root.overlaid?.files.get(uri);
    const positions = known.get(uri) ?? (file === undefined ? undefined : positionsOf(file));
    if (positions !== undefined) known.set(uri, positions);
    return positions;
  };
  return (origin) => {
    const { uri, pointer } = references.files.get(origin.uri)?.overlaid?.find(origin.pointer) ?? origin;
    const at = positionsIn(uri)?.find(pointer) ?? { line: 1, column: 1 };
    return { uri, pointer, file: reader.displayName(uri), ...at };
  };
}
