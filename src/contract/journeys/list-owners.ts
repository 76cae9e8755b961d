import { lifeOf } from '../planning/life.ts';
import { makeBase } from '../running/bases.ts';
import { ask, broken, type Finding, kept, unknown } from './journey.ts';
import { contextOf } from './life-context.ts';
import { sameItem } from './list-paging.ts';
import { readWholeList, type WholeList } from './read-list.ts';
import type { ListContext } from './run-lists.ts';
import { text } from './same-value.ts';

/** Under another thing, which was made just now, there is nothing of what stands under the first. */
export async function lookNested({ run, duties, all }: ListContext): Promise<Finding> {
  const { operation } = duties;
  const variable = run.paths
    .variables(operation.path)
    .findLast((name) => run.paths.of(operation.path, name) !== undefined);
  const source = variable === undefined ? undefined : run.paths.of(operation.path, variable);
  const other =
    source === undefined ? undefined : await run.things.own(source, { name: 'another owner', path: {} });
  if (other === undefined || variable === undefined) return unknown('no other thing could be made');
  const base = await makeBase(run, run.api.compile(operation), {
    fill: 'required',
    name: 'nested',
    path: { [variable]: other.id },
  });
  if ('reason' in base) return unknown(base.reason);
  const list = await readWholeList(run, operation, { path: base.values.path ?? {} });
  const page = list?.pages[0];
  if (list === undefined || page === undefined) return unknown('the list could not be read');
  const strange = list.items.find((item) => all.items.some((one) => sameItem(one, item)));
  return strange === undefined
    ? kept
    : broken(
        `the list under ${text(other.id)} has ${text(strange)}, which stands under another thing`,
        page.seen,
      );
}

/** What the second identity is refused to read is not in its list either. */
export async function lookPrivate({ run, duties, path }: ListContext): Promise<Finding> {
  const { second } = run;
  const create = run.paths.at(duties.operation.path).find(({ method }) => method === 'POST');
  const life = create === undefined ? undefined : lifeOf(create, run.paths);
  if (second === undefined || create === undefined || life === undefined)
    return unknown('no second identity was given');
  const thing = await run.things.own(life.source, { name: 'private', path });
  if (thing === undefined) return unknown('nothing could be made');
  const read = await ask(run, life.read, {
    name: 'private',
    path: contextOf(run, life).pathOf(thing),
    as: second,
    provoked: true,
  });
  if (read === undefined || (read.status !== 403 && read.status !== 404))
    return unknown('it may be read by others');
  const list = await readWholeList(run, duties.operation, { path: thing.path, as: second });
  const page = list?.pages[0];
  const [first] =
    (await readWholeList(run, duties.operation, { path: thing.path }))?.items.filter((item) =>
      sameItem(item, thing.body),
    ) ?? [];
  if (list === undefined || page === undefined || first === undefined)
    return unknown('the list could not be read');
  const shown = list.items.find((item) => sameItem(item, first));
  return shown === undefined
    ? kept
    : broken(`the list shows ${text(thing.id)} to who may not read it`, page.seen);
}

/** Two identities that ask at the same time get what each gets alone. */
export async function lookIdentitiesTogether({ run, duties, path }: ListContext): Promise<Finding> {
  const { second } = run;
  if (second === undefined) return unknown('no second identity was given');
  const read = (as?: typeof second): Promise<WholeList | undefined> =>
    readWholeList(run, duties.operation, { path, ...(as === undefined ? {} : { as }), mostPages: 1 });
  const alone = [await read(), await read(second)];
  const together = await Promise.all([read(), read(second), read()]);
  for (const [index, list] of together.entries()) {
    const before = alone[index % 2];
    const page = list?.pages[0];
    if (list === undefined || before === undefined || page === undefined)
      return unknown('a list could not be read');
    const same =
      list.items.length === before.items.length &&
      list.items.every((item) => before.items.some((one) => sameItem(one, item)));
    if (!same) return broken('a list is that of another who asks at the same time', page.seen);
  }
  return kept;
}
