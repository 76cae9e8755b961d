import { plainName } from '../plan/index.ts';
import { deepEqual, follow } from '../schema/index.ts';
import type { Thing } from './collection.ts';
import type { Kind } from './kind.ts';
import type { Outcome } from './outcome.ts';
import type { Place } from './place.ts';

const usual = new Set('username email slug login handle isbn sku'.split(' '));
const known = new WeakMap<Kind, readonly string[]>();

/**
 * The properties that no two things of a kind may share: those whose description says so, and the usual ones where creating
 * can be refused with 409.
 */
function uniqueProperties(kind: Kind): readonly string[] {
  const found = known.get(kind) ?? readUnique(kind);
  known.set(kind, found);
  return found;
}

function readUnique({ properties, idProperty, resource }: Kind): readonly string[] {
  const conflicts = resource.operations.create?.responses.has('409') === true;
  return [...properties]
    .filter(([name, schema]) => {
      const node = follow(schema);
      if (name === idProperty || typeof node === 'boolean' || node.readOnly === true) return false;
      if (node.type !== 'string' && node.type !== 'integer') return false;
      const isSaid = /\b(?:must|has to|should) be unique\b|\bis unique\b|^(?:a )?unique\b|\buniquely\b/i.test(
        node.description ?? '',
      );
      return isSaid || (conflicts && usual.has(plainName(name)));
    })
    .map(([name]) => name);
}

/** A conflict with another thing that has the same id or the same value where it must be the only one. */
export function conflictOf(
  { kind, collection, id: current }: Place,
  { thing, id }: { readonly thing: Thing; readonly id: string },
): Outcome | undefined {
  const isTaken = id !== current && collection.has(id);
  if (isTaken) return conflict(kind, kind.idProperty ?? 'id', id);
  for (const name of uniqueProperties(kind)) {
    const value = thing[name];
    if (value === undefined || value === null || value === '') continue;
    const path = pathOf(kind, name);
    for (const other of collection.index(path).get(value) ?? [])
      if (other.id !== current && deepEqual(other.thing[name], value)) return conflict(kind, name, value);
  }
  return undefined;
}

function conflict({ resource }: Kind, name: string, value: unknown): Outcome {
  return {
    kind: 'conflict',
    detail: `One of ${resource.noun} has the ${name} ${JSON.stringify(value)} already.`,
  };
}

const paths = new WeakMap<Kind, Map<string, { steps: string[]; loose: never[]; schema: undefined }>>();

/** One path per property, as indexes go by the path itself. */
function pathOf(kind: Kind, name: string): { steps: string[]; loose: never[]; schema: undefined } {
  const of = paths.get(kind) ?? new Map();
  paths.set(kind, of);
  const path = of.get(name) ?? { steps: [name], loose: [], schema: undefined };
  of.set(name, path);
  return path;
}
