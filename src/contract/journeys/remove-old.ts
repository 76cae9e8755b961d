import type { ApiOperation } from '../../document/index.ts';
import { idPropertyOf, inferResources } from '../../plan/index.ts';
import { makeBase } from '../running/bases.ts';
import { isMarked } from '../running/markers.ts';
import { call, isSuccess, type Run } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { readWholeList, shapeOfList } from './read-list.ts';

/**
 * Removes what killed runs have left: items of lists in which a text begins with a run's mark. Lists that stand under another
 * thing are not looked into. Gives what was removed, in words.
 */
export async function removeOld(run: Run): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const [list, { resource, role }] of inferResources(run.api.document)) {
    const { delete: remove } = resource.operations;
    if (role !== 'list' || remove === undefined || resource.parents.length > 0) continue;
    if (list.disabledBy !== undefined || remove.disabledBy !== undefined) continue;
    const property = idPropertyOf(resource, shapeOfList(run.api.compile(list))?.itemSchema);
    const whole = property === undefined ? undefined : await readWholeList(run, list);
    for (const item of whole?.items ?? []) {
      if (property === undefined || !isPlain(item) || !Object.values(item).some(isMarked)) continue;
      const id = item[property];
      if (await removeOne(run, remove, { [resource.idParameter]: id }))
        removed.push(`${resource.name}/${String(id)}`);
    }
  }
  return removed;
}

async function removeOne(
  run: Run,
  remove: ApiOperation,
  path: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const plan = run.api.compile(remove);
  const base = await makeBase(run, plan, { fill: 'required', name: 'remove old', path });
  const outcome = 'reason' in base ? undefined : await call(run, plan, { values: base.values });
  return outcome?.kind === 'answered' && isSuccess(outcome.status);
}
