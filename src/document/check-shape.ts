import { ApidoubleError, appendPointer, type JsonPointer } from '../core/index.ts';

/** Levels of nesting that a document may have; real ones stay below a hundred. */
export const depthLimit = 500;

/** Nodes that a document may have once its aliases (or shared objects) are written out. */
const sizeLimit = 10_000_000;

interface Extent {
  readonly height: number;
  readonly size: number;
}

/** Refuses a tree that is nested too deeply; for values that cannot share parts, such as those of JSON.parse. */
export function checkDepth(root: unknown, name: string): void {
  const visit = (value: object, depth: number): void => {
    if (depth > depthLimit) tooDeep(name);
    for (const key in value) {
      const part: unknown = (value as Record<string, unknown>)[key];
      if (typeof part === 'object' && part !== null) visit(part, depth + 1);
    }
  };
  if (typeof root === 'object' && root !== null) visit(root, 1);
}

/** Refuses a graph that contains itself, is nested too deeply, or grows out of all bounds when it is written out. */
export function checkGraph(root: unknown, name: string): void {
  const known = new Map<object, Extent | 'open'>();
  const visit = (value: unknown, depth: number, pointer: JsonPointer): Extent => {
    if (typeof value !== 'object' || value === null) return { height: 0, size: 1 };
    if (depth > depthLimit) tooDeep(name);
    const seen = known.get(value);
    if (seen === 'open') return cyclic(name, pointer);
    if (seen !== undefined) return withinDepth(seen, depth, name);
    known.set(value, 'open');
    let height = 0;
    let size = 1;
    for (const [key, part] of Object.entries(value)) {
      const inner = visit(part, depth + 1, appendPointer(pointer, key));
      height = Math.max(height, inner.height);
      size += inner.size;
    }
    if (size > sizeLimit) tooLarge(name);
    const extent = { height: height + 1, size };
    known.set(value, extent);
    return extent;
  };
  visit(root, 1, '');
}

function withinDepth(extent: Extent, depth: number, name: string): Extent {
  if (depth + extent.height > depthLimit) tooDeep(name);
  return extent;
}

function tooDeep(name: string): never {
  throw new ApidoubleError(
    'ERR_DOCUMENT_SYNTAX',
    `Cannot read document "${name}": it is nested deeper than ${depthLimit} levels. Move inner parts to components and refer to them.`,
  );
}

function cyclic(name: string, pointer: JsonPointer): never {
  throw new ApidoubleError(
    'ERR_DOCUMENT_SYNTAX',
    `Cannot read document "${name}": it contains itself at "#${pointer}". Use $ref where a schema contains itself.`,
  );
}

function tooLarge(name: string): never {
  throw new ApidoubleError(
    'ERR_DOCUMENT_SYNTAX',
    `Cannot read document "${name}": its aliases stand for more than ${sizeLimit} nodes. Use $ref in place of aliases.`,
  );
}
