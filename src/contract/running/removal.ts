import type { ApiOperation } from '../../document/index.ts';
import { correctionOf } from '../../plan/index.ts';
import { type PathSources, plainPath } from '../planning/path-sources.ts';
import { markPlaceOf } from './markers.ts';
import type { Run } from './run.ts';

/** How what an operation makes is removed again. */
export interface Removal {
  readonly operation: ApiOperation;
  /** Of the link that gives its last variable; absent where the thing stands one step below the collection. */
  readonly expression?: string;
}

const known = new WeakMap<ApiOperation, Removal | 'none'>();

/** The operation that removes what another makes; `undefined` where there is none. */
export function removalOf({ paths, api }: Run, create: ApiOperation): Removal | undefined {
  const found = known.get(create) ?? findRemoval(paths, api.operations, create) ?? 'none';
  known.set(create, found);
  return found === 'none' ? undefined : found;
}

function findRemoval(
  paths: PathSources,
  operations: readonly ApiOperation[],
  create: ApiOperation,
): Removal | undefined {
  if (create.method === 'PUT') {
    const operation = paths.at(create.path).find(({ method }) => method === 'DELETE');
    return operation === undefined ? undefined : { operation };
  }
  const below = paths.at(`${plainPath(create.path)}/{}`).find(({ method }) => method === 'DELETE');
  for (const operation of operations) {
    if (operation.method !== 'DELETE' || (below !== undefined && operation !== below)) continue;
    const variable = paths.variables(operation.path).at(-1);
    if (variable === undefined) continue;
    const link = paths.of(operation.path, variable)?.links.find(({ from }) => from === create);
    if (link !== undefined) return { operation, expression: link.expression };
  }
  return below === undefined ? undefined : { operation: below };
}

/** Whether an operation makes things that stay: a POST with items below its path, with a removal, or with a 201. */
export function isCreating(run: Run, operation: ApiOperation): boolean {
  if (operation.method === 'PUT') return operation.responses.has('201');
  if (operation.method !== 'POST') return false;
  const { role } = correctionOf(operation);
  if (role !== undefined) return role === 'create';
  if (operation.responses.has('201') || removalOf(run, operation) !== undefined) return true;
  return run.paths.at(`${plainPath(operation.path)}/{}`).some(({ method }) => method === 'GET');
}

/** Whether an operation changes a thing that is there. */
export function isChanging(run: Run, { method, path }: ApiOperation): boolean {
  if (method !== 'PUT' && method !== 'PATCH') return false;
  return run.paths.at(path).some((other) => other.method === 'DELETE');
}

/** Why nothing is made by an operation: it could not be removed, or not be known again; `undefined` where it may be made. */
export function whyNotMake(run: Run, operation: ApiOperation): string | undefined {
  const { leaveBehind = typeof run.options.target === 'function' } = run.options;
  if (leaveBehind || operation.method !== 'POST' || !isCreating(run, operation)) return undefined;
  const allowed = 'leaveBehind (--leave-behind) allows it';
  if (removalOf(run, operation) === undefined) return `what it makes could not be removed again; ${allowed}`;
  return markPlaceOf(run.api.compile(operation)) === undefined
    ? `no text of what it makes could carry the mark of the run; x-apidouble's marker names one, or ${allowed}`
    : undefined;
}
