import { compileJsonPath, isJsonPathFault, type SelectedNode } from '../document/index.ts';
import type { Spot } from './source.ts';

/** Every place of a value that a JSONPath leads to. */
export type FindNodes = (root: unknown) => readonly SelectedNode[];

/** Reads a JSONPath of a scenario. Throws `ERR_SCENARIO` where it is none. */
export function readPath(text: string, spot: Spot): FindNodes {
  const path = compileJsonPath(text);
  if (isJsonPathFault(path))
    throw spot.fault(`"${text}" is no JSONPath: ${path.reason.replace(/\.$/, '')}`, 'Correct the path');
  return (root) => {
    if (root === undefined) return [];
    try {
      return path.select(root);
    } catch {
      // What was sent is nested deeper than is looked at: nothing is found there.
      return [];
    }
  };
}
