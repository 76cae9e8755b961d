import type { ApiOperation } from '../../document/index.ts';
import { idPropertyOf, inferResources, type Resource } from '../../plan/index.ts';
import { makeBase } from '../running/bases.ts';
import { isMarked } from '../running/markers.ts';
import { call, isSuccess, type Run } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { readWholeList, shapeOfList } from './read-list.ts';

/** Things that lists may be looked for under: where there are more, the run says so. */
const mostParents = 200;

/**
 * Removes what killed runs have left: items of lists in which a text begins with a run's mark, also of lists that stand under other
 * things. What stands deeper goes first, because a thing may not be removed while others stand under it. Gives what was removed, in words.
 */
export async function removeOld(run: Run): Promise<readonly string[]> {
  const removed: string[] = [];
  const cutShort = new Set<string>();
  for (const collection of collectionsOf(run)) {
    const { places, isCut } = await placesOf(run, collection);
    if (isCut) cutShort.add(collection.list.path);
    for (const path of places) {
      for (const { id, item } of await itemsIn(run, collection.list, path)) {
        if (!Object.values(item).some(isMarked)) continue;
        const whole = { ...path, [collection.resource.idParameter]: id };
        if (await removeOne(run, collection.remove, whole))
          removed.push(nameOf(collection.remove.path, whole));
      }
    }
  }
  if (cutShort.size > 0) {
    const lists = [...cutShort].join(', ');
    run.note(
      `What a run before had left was looked for under ${mostParents} things at most, not under all: ${lists}.`,
    );
  }
  return removed;
}

interface Collection {
  readonly resource: Resource;
  readonly list: ApiOperation;
  readonly remove: ApiOperation;
}

/** What can be listed and removed, the deepest first. */
function collectionsOf(run: Run): readonly Collection[] {
  const found: Collection[] = [];
  for (const [list, { resource, role }] of inferResources(run.api.document)) {
    const { delete: remove } = resource.operations;
    if (role !== 'list' || remove === undefined) continue;
    if (list.disabledBy === undefined && remove.disabledBy === undefined)
      found.push({ resource, list, remove });
  }
  return found.toSorted((left, right) => depthOf(run, right.list) - depthOf(run, left.list));
}

function depthOf({ paths }: Run, { path }: ApiOperation): number {
  return paths.variables(path).length;
}

type Path = Readonly<Record<string, unknown>>;

interface Places {
  readonly places: readonly Path[];
  /** Whether there are more of them. */
  readonly isCut: boolean;
}

/** The values of a list's path: of each thing that it may stand under, found step by step in the lists above. */
async function placesOf(run: Run, { list }: Collection): Promise<Places> {
  let places: readonly Path[] = [{}];
  let isCut = false;
  for (const variable of run.paths.variables(list.path)) {
    const above = run.paths.of(list.path, variable)?.list;
    const deeper: Path[] = [];
    for (const place of above === undefined ? [] : places) {
      const items = above === undefined ? [] : await itemsIn(run, above, place);
      const taken = items.slice(0, mostParents - deeper.length);
      isCut ||= taken.length < items.length;
      for (const { id } of taken) deeper.push({ ...place, [variable]: id });
    }
    places = deeper;
  }
  return { places, isCut };
}

interface Item {
  readonly id: unknown;
  readonly item: Path;
}

async function itemsIn(run: Run, list: ApiOperation, path: Path): Promise<readonly Item[]> {
  const resource = inferResources(run.api.document).get(list)?.resource;
  const schema = shapeOfList(run.api.compile(list))?.itemSchema;
  const property = resource === undefined ? undefined : idPropertyOf(resource, schema);
  const whole = property === undefined ? undefined : await readWholeList(run, list, { path });
  return (whole?.items ?? []).flatMap((item) => {
    const id = property !== undefined && isPlain(item) ? item[property] : undefined;
    return id === undefined || id === null || !isPlain(item) ? [] : [{ id, item }];
  });
}

function nameOf(template: string, path: Path): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => String(path[name]));
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
