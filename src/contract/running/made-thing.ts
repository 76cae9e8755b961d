import type { ApiOperation } from '../../document/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import { plainPath } from '../planning/path-sources.ts';
import { makeBase } from './bases.ts';
import { type Creating, type PathValues, readThing } from './read-thing.ts';
import { isCreating, removalOf } from './removal.ts';
import { call, isSuccess, type Run } from './run.ts';

/** What is to be removed at the end of a run. */
export interface Made {
  /** Absent: nothing can remove it; it is told of. */
  readonly remove: ApiOperation | undefined;
  readonly path: PathValues;
  readonly label: string;
}

/** What a request made, as it can be removed again; `undefined` where it made nothing. */
export function madeBy(run: Run, plan: OperationPlan, { values, outcome }: Creating): Made | undefined {
  const { operation } = plan;
  if (!isCreating(run, operation)) return undefined;
  const removal = removalOf(run, operation);
  if (operation.method === 'PUT') {
    if (outcome.status !== 201) return undefined;
    const path = values.path ?? {};
    return { remove: removal?.operation, path, label: labelOf(run, operation, path) };
  }
  const thing = readThing(run, plan, { values, outcome, expression: removal?.expression });
  const item = removal?.operation;
  if (item === undefined || thing === undefined) {
    // What cannot be called by its name cannot be removed; it is told of.
    const id = thing === undefined ? 'something' : String(thing.id);
    return { remove: undefined, path: {}, label: `${plainPath(operation.path)}/ ${JSON.stringify([id])}` };
  }
  const name = run.paths.variables(item.path).at(-1) ?? '';
  const path = { ...pathBefore(run, item, values), [name]: thing.id };
  return { remove: item, path, label: labelOf(run, item, path) };
}

/** The path and its values, as one name. */
export function labelOf(run: Run, operation: ApiOperation, path: PathValues): string {
  const values = run.paths.variables(operation.path).map((name) => String(path[name]));
  return `${plainPath(operation.path)} ${JSON.stringify(values)}`;
}

function pathBefore(run: Run, item: ApiOperation, values: RequestValues): PathValues {
  const names = new Set(run.paths.variables(item.path));
  return Object.fromEntries(Object.entries(values.path ?? {}).filter(([name]) => names.has(name)));
}

/** Removes what was made, the last first; tells what could not be. */
export async function removeAll(run: Run, made: ReadonlyMap<string, Made>): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { remove, path, label } of [...made.values()].reverse()) {
    if (remove === undefined) {
      left.push(label);
      continue;
    }
    const plan = run.api.compile(remove);
    const base = await makeBase(run, plan, { fill: 'required', name: 'clean up', path });
    const outcome =
      'reason' in base ? undefined : await call(run, plan, { values: base.values, closing: true });
    const gone =
      outcome?.kind === 'answered' && (isSuccess(outcome.status) || [404, 410].includes(outcome.status));
    if (!gone) left.push(label);
  }
  return left;
}
