import { pointerKeys, valueAt } from '../core/index.ts';
import { deepEqual } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';

/** A patch as applied, or why it cannot be. */
export type Patched = { readonly value: unknown } | { readonly fault: string; readonly isTest?: boolean };

const mostSteps = 1000;

/**
 * Applies a JSON Patch as a whole or not at all. The value that is given stays as it is.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function jsonPatch(target: unknown, patch: unknown): Patched {
  if (!Array.isArray(patch)) return { fault: 'a JSON Patch is a list of operations' };
  if (patch.length > mostSteps) return { fault: `a JSON Patch has at most ${mostSteps} operations` };
  let value: unknown = structuredClone(target);
  for (const [index, step] of patch.entries()) {
    const patched = isRecord(step) ? applyStep(value, step) : { fault: 'it is no object' };
    if ('fault' in patched) return { ...patched, fault: `operation ${index} of the patch: ${patched.fault}` };
    value = patched.value;
  }
  return { value };
}

function applyStep(root: unknown, step: Readonly<Record<string, unknown>>): Patched {
  const { op, path, from, value } = step;
  if (typeof path !== 'string' || !/^(?:\/.*)?$/s.test(path)) return { fault: 'its path is no JSON pointer' };
  switch (op) {
    case 'add':
      return put(root, path, structuredClone(value), 'add');
    case 'replace':
      return exists(root, path) ? put(root, path, structuredClone(value), 'replace') : missing(path);
    case 'remove':
      return exists(root, path) ? take(root, path) : missing(path);
    case 'test':
      return deepEqual(valueAt(root, path), value)
        ? { value: root }
        : { fault: `${path} has another value`, isTest: true };
    case 'copy':
    case 'move':
      return carry(root, { op, path, from });
    default:
      return { fault: 'its "op" is none of add, remove, replace, move, copy and test' };
  }
}

function missing(path: string): Patched {
  return { fault: `there is no ${path}` };
}

function exists(root: unknown, path: string): boolean {
  return path === '' || valueAt(root, path) !== undefined;
}

function carry(root: unknown, { op, path, from }: { op: string; path: string; from: unknown }): Patched {
  if (typeof from !== 'string' || !exists(root, from)) return { fault: `there is no ${String(from)}` };
  if (op === 'move' && path.startsWith(`${from}/`)) return { fault: 'a value cannot be moved into itself' };
  const value = structuredClone(valueAt(root, from));
  const without = op === 'move' ? take(root, from) : { value: root };
  return 'fault' in without ? without : put(without.value, path, value, 'add');
}

function holderOf(root: unknown, path: string): { holder: unknown; key: string } {
  const keys = pointerKeys(path);
  const key = keys.pop() ?? '';
  let holder = root;
  for (const one of keys) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, one))
      return { holder: undefined, key };
    holder = (holder as Record<string, unknown>)[one];
  }
  return { holder, key };
}

function put(root: unknown, path: string, value: unknown, how: 'add' | 'replace'): Patched {
  if (path === '') return { value };
  const { holder, key } = holderOf(root, path);
  if (Array.isArray(holder)) {
    const index = key === '-' ? holder.length : Number(key);
    const isPlace = key === '-' || (/^(?:0|[1-9]\d*)$/.test(key) && index <= holder.length);
    if (!isPlace) return missing(path);
    holder.splice(index, how === 'add' ? 0 : 1, value);
    return { value: root };
  }
  if (!isRecord(holder)) return missing(path);
  setOwn(holder as Record<string, unknown>, key, value);
  return { value: root };
}

function take(root: unknown, path: string): Patched {
  if (path === '') return { value: null };
  const { holder, key } = holderOf(root, path);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (isRecord(holder)) delete (holder as Record<string, unknown>)[key];
  return { value: root };
}

/** Whether a value can be a JSON Patch: some APIs take one as plain JSON. */
export function isJsonPatch(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((step) => isRecord(step) && typeof step.op === 'string' && typeof step.path === 'string')
  );
}
