import { appendPointer, valueAt } from '../core/index.ts';
import { isRecord, mergePatch, setOwn } from '../wire/index.ts';
import { type FindNodes, readPath } from './json-path.ts';
import { splitPaths } from './match/matcher.ts';
import type { Spot } from './source.ts';
import type { TemplateScope } from './template/scope.ts';
import { compileTemplate, fixed } from './template/template.ts';

/** Makes another body of one. The one that it is given is not changed. */
export type Patch = (body: unknown, scope: TemplateScope) => unknown;

/** Compiles JSONPaths (keys that begin with `$`) with values to set there, and a JSON merge patch of the other members. Throws `ERR_SCENARIO` for a path that is none. */
export function compilePatch(patch: unknown, spot: Spot, literal: boolean): Patch {
  const template = (value: unknown, at: Spot) => (literal ? fixed(value) : compileTemplate(value, at));
  const { paths, rest } = splitPaths(patch);
  const merged = rest === undefined ? undefined : template(rest, spot);
  const settings = paths.map(([text, value]) => ({
    place: placeOf(text, spot.down(text)),
    value: template(value, spot.down(text)),
  }));
  return (body, scope) => {
    let result = merged === undefined ? body : mergePatch(body, merged.fill(scope));
    if (settings.length > 0) result = structuredClone(result);
    for (const { place, value } of settings) result = setAt(result, place, value.fill(scope));
    return result;
  };
}

/** Sets a value at every place that the path leads to; a last name that is not there yet is added. */
function setAt(root: unknown, { find, findAbove, name }: Place, value: unknown): unknown {
  const nodes = find(root);
  for (const { keys } of nodes) {
    const key = keys.at(-1);
    const parent = valueAt(root, appendPointer('', ...keys.slice(0, -1)));
    if (key === undefined) return value;
    if (typeof parent === 'object' && parent !== null) setMember(parent, key, value);
  }
  if (nodes.length > 0 || name === undefined) return root;
  for (const { value: object } of findAbove(root))
    if (isRecord(object)) setOwn(object as Record<string, unknown>, name, value);
  return root;
}

/** Where a value is set: the path, and the one above it with its last name. */
interface Place {
  readonly find: FindNodes;
  readonly findAbove: FindNodes;
  readonly name: string | undefined;
}

function placeOf(text: string, spot: Spot): Place {
  const last = /^(.+)\.([A-Za-z_]\w*)$/.exec(text);
  const above = last?.[1]?.endsWith('.') === false ? last[1] : undefined;
  return {
    find: readPath(text, spot),
    findAbove: above === undefined ? () => [] : readPath(above, spot),
    name: above === undefined ? undefined : last?.[2],
  };
}

function setMember(parent: object, key: string | number, value: unknown): void {
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else setOwn(parent as Record<string, unknown>, String(key), value);
}
