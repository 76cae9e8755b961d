import type { JourneyDuty, OperationDuties } from '../planning/duty.ts';
import { pagingFor } from '../planning/plan-values.ts';
import { spotsOf } from '../planning/spots.ts';
import { makeBase } from '../running/bases.ts';
import type { Run } from '../running/run.ts';
import { valueAtSteps, withValueAt } from '../values/at-steps.ts';
import { toolsOf } from '../values/make-values.ts';
import { edgesOf } from '../values/positives.ts';
import { createEventually, type Eventually } from './eventually.ts';
import { type Finding, settle, unknown } from './journey.ts';
import { lookFilter, lookFiltersTogether } from './list-filters.ts';
import { lookOrder } from './list-order.ts';
import { lookIdentitiesTogether, lookNested, lookPrivate } from './list-owners.ts';
import { lookCount, lookEnd, lookPages, lookSize } from './list-paging.ts';
import { readWholeList, type WholeList } from './read-list.ts';

/** A list with all its items, and what is asked to get it. */
export interface ListContext {
  readonly run: Run;
  readonly duties: OperationDuties;
  readonly path: Readonly<Record<string, unknown>>;
  readonly all: WholeList;
  readonly eventually: Eventually;
}

/** Pages through a list, filters and orders it. */
export async function runLists(run: Run, duties: OperationDuties): Promise<void> {
  const open = duties.journeys.filter(({ journey }) => journey.startsWith('list.'));
  if (open.length === 0 || run.bases.accepted(duties.operation) === undefined) return;
  const context = await widest(run, duties);
  for (const duty of open) {
    if (context === undefined || (!context.all.complete && !duty.journey.startsWith('list.paging.pages'))) {
      run.ledger.skip(duty, 'the list cannot be read to its end');
      continue;
    }
    const look = (): Promise<Finding> => lookAt(context, duty);
    const first = (): Promise<Finding> =>
      context.all.items.length === 0
        ? Promise.resolve(unknown('the list is empty'))
        : context.eventually(look);
    await settle(run, duty, { look: first, again: look });
  }
}

/** Of several bases the one whose list has most items. Where things can be made, enough are made first. */
async function widest(run: Run, duties: OperationDuties): Promise<ListContext | undefined> {
  const { operation } = duties;
  const plan = run.api.compile(operation);
  const isFree = run.paths
    .variables(operation.path)
    .some((name) => run.paths.of(operation.path, name) === undefined);
  let best: ListContext | undefined;
  for (let tries = 0; tries < (isFree ? 16 : 1); tries += 1) {
    const base = await makeBase(run, plan, { fill: 'required', name: `list ${tries}` });
    if ('reason' in base) continue;
    const path = isFree ? widened(run, duties, base.values.path ?? {}) : (base.values.path ?? {});
    await furnish(run, duties, path);
    const all = await readWholeList(run, operation, { path });
    if (all !== undefined && (best === undefined || all.items.length > best.all.items.length)) {
      best = { run, duties, path, all, eventually: createEventually() };
    }
  }
  return best;
}

const enough = 7;

async function furnish(run: Run, { operation }: OperationDuties, path: ListContext['path']): Promise<void> {
  const create = run.paths.at(operation.path).find((one) => one.method === 'POST');
  if (create === undefined || run.options.writes !== true || run.bases.accepted(create) === undefined) return;
  const there = await readWholeList(run, operation, { path });
  for (let count = there?.items.length ?? 0; count < enough; count += 1) {
    await run.things.make(create, { name: `furnish ${count}`, path });
  }
}

function lookAt(context: ListContext, { journey }: JourneyDuty): Promise<Finding> {
  const [, kind = '', ...rest] = journey.split('.');
  const name = rest.join('.');
  switch (kind) {
    case 'paging':
      return lookPaging(context, name);
    case 'filter':
    case 'search':
      return lookFilter(context, name);
    case 'order':
      return lookOrder(context, name);
    case 'concurrent-filters':
      return lookFiltersTogether(context);
    case 'nested':
      return lookNested(context);
    case 'private':
      return lookPrivate(context);
    case 'concurrent-identities':
      return lookIdentitiesTogether(context);
    default:
      return Promise.resolve(unknown(`nothing is known of ${journey}`));
  }
}

function lookPaging(context: ListContext, name: string): Promise<Finding> {
  const paging = pagingFor(context.duties.operation);
  if (name === 'count') return lookCount(context);
  if (paging === undefined) return Promise.resolve(unknown('the list is not paged'));
  if (name === 'size') return lookSize(context, paging);
  return name === 'pages' ? lookPages(context) : lookEnd(context, paging);
}

const lowest = /^(?:from|min|start|since)$/i;
const highest = /^(?:to|max|end|until)$/i;

/** Path values that let in as much as they can: long lists, ranges from the least to the most. */
function widened(run: Run, { operation }: OperationDuties, path: ListContext['path']): ListContext['path'] {
  const values: Record<string, unknown> = { ...path };
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'path' || run.paths.of(operation.path, parameter.name) !== undefined) continue;
    const tools = toolsOf(run.random.fork(`wide ${parameter.name}`), run.now);
    for (const spot of spotsOf(parameter.schema)) {
      const name = spot.steps.at(-1)?.name ?? '';
      const wanted = edgesOf(spot).find(({ keyword }) => keyword === widestEdge(name, spot.steps.length));
      if (wanted === undefined) continue;
      const value = wanted.value(valueAtSteps(values[parameter.name], spot.steps), tools);
      values[parameter.name] = withValueAt(values[parameter.name], spot.steps, { value, make: tools.make });
    }
  }
  return values;
}

function widestEdge(name: string, depth: number): string | undefined {
  if (depth === 0) return 'maxItems';
  if (lowest.test(name)) return 'minimum';
  return highest.test(name) ? 'maximum' : undefined;
}
