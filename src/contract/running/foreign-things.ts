import { valueAt } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import { correctionOf, idPropertyOf, knownListOf, type OperationPlan } from '../../plan/index.ts';
import { evaluateExpression } from '../../request/index.ts';
import type { PathSource } from '../planning/path-sources.ts';
import { basicName, makeBase } from './bases.ts';
import { noteAccepted } from './note-accepted.ts';
import {
  type Answered,
  bodyOf,
  itemVariable,
  type PathValues,
  resourceLike,
  responseSchema,
  scopeOf,
} from './read-thing.ts';
import { call, isSuccess, type Run } from './run.ts';

/** The lists that are remembered, each by its `listKey`. */
export type Lists = ReadonlyMap<string, Answered>;

/** An operation and the path that it was asked for at. */
export function listKey({ key }: ApiOperation, path: PathValues): string {
  const values = Object.entries(path).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `${key} ${JSON.stringify(values)}`;
}

/** A thing that was there before: only to be read, where things of its kind can be made. */
export async function findForeign(
  run: Run,
  source: PathSource,
  { path, lists }: { path: PathValues; lists: Lists },
): Promise<unknown> {
  for (const link of source.links) {
    if (link.from.method !== 'GET') continue;
    const value = await followLink(run, link.from, {
      expression: link.expression,
      name: source.prefix,
      path,
    });
    if (value !== undefined) return value;
  }
  return source.list === undefined ? undefined : (await listIds(run, source, { path, lists }))[0];
}

async function followLink(
  run: Run,
  from: ApiOperation,
  { expression, name, path }: { expression: string; name: string; path: PathValues },
): Promise<unknown> {
  const plan = run.api.compile(from);
  const base = await makeBase(run, plan, { fill: 'required', name: `link ${name}`, path });
  if ('reason' in base) return undefined;
  const outcome = await call(run, plan, { values: base.values });
  if (outcome?.kind !== 'answered' || !isSuccess(outcome.status)) return undefined;
  return evaluateExpression(
    expression,
    scopeOf(outcome, base.values, bodyOf(plan, outcome.exchange.response)),
  );
}

async function listIds(
  run: Run,
  source: PathSource,
  { path, lists }: { path: PathValues; lists: Lists },
): Promise<readonly unknown[]> {
  if (source.list === undefined) return [];
  const plan = run.api.compile(source.list);
  const outcome = lists.get(listKey(source.list, path)) ?? (await readList(run, plan, path));
  if (outcome === undefined) return [];
  const shape = knownListOf(
    responseSchema(plan, outcome.status),
    [source.noun],
    correctionOf(source.list).items,
  );
  if (shape === undefined) return [];
  const items = valueAt(
    bodyOf(plan, outcome.exchange.response),
    shape.items.map((key) => `/${key}`).join(''),
  );
  const variable = itemVariable(run.paths, source.list) ?? '';
  const property = idPropertyOf(resourceLike(run, source.list, variable), shape.itemSchema);
  if (property === undefined || !Array.isArray(items)) return [];
  return items.map((item) => valueAt(item, `/${property}`)).filter((id) => id !== undefined && id !== null);
}

/** What a list shows to who asks for no more than it needs: that is the positive case of the list too. */
async function readList(run: Run, plan: OperationPlan, path: PathValues): Promise<Answered | undefined> {
  const base = await makeBase(run, plan, { fill: 'required', name: basicName('required'), path });
  if ('reason' in base) return undefined;
  const outcome = await call(run, plan, { values: base.values });
  if (outcome?.kind !== 'answered' || !isSuccess(outcome.status)) return undefined;
  noteAccepted(run, plan, 'required');
  run.things.keepList(plan, base.values, outcome);
  return outcome;
}
