import type { ParameterObject } from '../../document/index.ts';
import { listRoleOf } from '../../plan/index.ts';
import { deepEqual } from '../../schema/index.ts';
import { pagingFor } from '../planning/plan-values.ts';
import { isPlain } from '../values/at-steps.ts';
import { type Filtering, filteringsOf, propertyFor } from './filterings.ts';
import { broken, type Finding, kept, unknown } from './journey.ts';
import { sameItem } from './list-paging.ts';
import { followNext, type ListAsk, readPage, readWholeList, type WholeList } from './read-list.ts';
import type { ListContext } from './run-lists.ts';
import { text } from './same-value.ts';

/** What a parameter asks for is what comes: all of it, and nothing else. */
export async function lookFilter(context: ListContext, name: string): Promise<Finding> {
  const parameter = context.duties.operation.parameters.find((one) => one.name === name);
  const parts = parameter?.in === 'path' ? await lookParts(context, parameter) : kept;
  if (parts.kind === 'broken') return parts;
  const filterings = parameter === undefined ? [] : filteringsOf(parameter, context);
  if (parameter === undefined || filterings.length === 0)
    return unknown('no property is known that it filters by');
  const filtered: [Filtering, WholeList][] = [];
  for (const filtering of filterings) {
    const list = await readFiltered(context, parameter, filtering);
    if (list !== undefined) filtered.push([filtering, list]);
  }
  if (filtered.length === 0) return unknown('no filtered list could be read');
  const property = propertyFor(name, context.all.items);
  if (property !== undefined && filtered.some(([, list]) => hides(context.all, list, property)))
    return unknown('it decides what is shown of the items, not which of them');
  let tried = false;
  for (const [filtering, list] of filtered) {
    const finding = judge(context.all, list, filtering);
    if (finding.kind === 'broken' && filtering.isGuess === true) continue;
    tried = true;
    if (finding.kind === 'broken') return finding;
    const followed = await lookNext(context, parameter, filtering);
    if (followed.kind === 'broken') return followed;
  }
  return tried ? kept : unknown('no filtered list could be read');
}

/** Whether the items of a list lack a property that they show otherwise. */
function hides(all: WholeList, list: WholeList, property: string): boolean {
  const shows = (item: unknown): boolean => isPlain(item) && item[property] !== undefined;
  return list.items.length > 0 && all.items.every(shows) && !list.items.some(shows);
}

function readFiltered(
  { run, duties, path }: ListContext,
  parameter: ParameterObject,
  { value }: Filtering,
  size = 100,
): Promise<WholeList | undefined> {
  const place = parameter.in === 'querystring' ? 'query' : parameter.in;
  const own = { [parameter.name]: value };
  const asked: ListAsk = { path, size, [place]: place === 'path' ? { ...path, ...own } : own };
  return readWholeList(run, duties.operation, asked);
}

/** A list in the path asks for what each of its members asks for alone. */
async function lookParts(context: ListContext, parameter: ParameterObject): Promise<Finding> {
  const wide = context.path[parameter.name];
  const first = context.all.pages[0];
  if (!Array.isArray(wide) || first === undefined) return kept;
  for (const value of wide.slice(0, 6)) {
    const list = await readFiltered(context, parameter, {
      value: [value],
      wants: () => undefined,
      words: '',
    });
    const missing = list?.items.find((item) => !context.all.items.some((one) => sameItem(one, item)));
    if (missing !== undefined) {
      return broken(
        `asked for ${text(wide)}, the list lacks ${text(missing)}, which is there for ${text(value)}`,
        first.seen,
      );
    }
  }
  return kept;
}

/** The next page that a filtered list names is filtered too. */
async function lookNext(
  context: ListContext,
  parameter: ParameterObject,
  filtering: Filtering,
): Promise<Finding> {
  const { run, duties, path } = context;
  const size = pagingFor(duties.operation)?.size;
  if (parameter.in !== 'query' || size === undefined) return kept;
  const query = { [parameter.name]: filtering.value, [size]: 1 };
  let page = await readPage(run, duties.operation, { path, query });
  for (let turns = 0; turns < 3 && page !== undefined; turns += 1) {
    page = await followNext(run, run.api.compile(duties.operation), page);
    const strange = page?.items.find((item) => filtering.wants(item) === false);
    if (page === undefined || strange === undefined || filtering.isGuess === true) continue;
    return broken(`the next page for ${filtering.words} has ${text(strange)}`, page.seen);
  }
  return kept;
}

function judge(all: WholeList, list: WholeList, { wants, words }: Filtering): Finding {
  const page = list.pages[0];
  if (page === undefined) return unknown('nothing came');
  const strange = list.items.find((item) => wants(item) === false);
  if (strange !== undefined) return broken(`asked for ${words}, the list has ${text(strange)}`, page.seen);
  if (!list.complete) return kept;
  const missing = all.items.find(
    (item) => wants(item) === true && !list.items.some((other) => sameItem(item, other)),
  );
  if (missing !== undefined) return broken(`asked for ${words}, the list lacks ${text(missing)}`, page.seen);
  const count = list.items.length;
  if (page.total !== undefined && page.total !== count)
    return broken(`asked for ${words}, the count is ${page.total} and ${count} items came`, page.seen);
  return kept;
}

/** Two filters at once: each request gets its own answer. */
export async function lookFiltersTogether(context: ListContext): Promise<Finding> {
  for (const parameter of context.duties.operation.parameters) {
    if (parameter.in === 'path' || listRoleOf(context.duties.operation, parameter.name) !== 'filter')
      continue;
    const [first, second] = filteringsOf(parameter, context);
    if (first === undefined || second === undefined || deepEqual(first.value, second.value)) continue;
    const pair = [first, second];
    const alone = [
      await readFiltered(context, parameter, first),
      await readFiltered(context, parameter, second),
    ];
    const honest = pair.every(
      (one, index) => alone[index] !== undefined && judge(context.all, alone[index], one).kind === 'kept',
    );
    if (!honest) continue;
    const together = await Promise.all(
      [...pair, ...pair].map((one) => readFiltered(context, parameter, one)),
    );
    for (const [index, list] of together.entries()) {
      const filtering = pair[index % 2];
      if (list === undefined || filtering === undefined) continue;
      const finding = judge(context.all, list, filtering);
      if (finding.kind === 'broken')
        return { ...finding, message: `together with another request, ${finding.message}` };
    }
    return kept;
  }
  return unknown('no filter is known');
}
