import { valueAt } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import { idPropertyOf, listParametersOf, readProperty } from '../../plan/index.ts';
import type { Schema } from '../../schema/index.ts';
import type { Duty, JourneyDuty } from '../planning/duty.ts';
import type { Life } from '../planning/life.ts';
import { makeBase } from '../running/bases.ts';
import { canName } from '../running/path-variables.ts';
import { resourceLike, type Thing } from '../running/read-thing.ts';
import { isSuccess, type Run } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { createEventually, type Eventually } from './eventually.ts';
import { type Forms, formsOf } from './forms.ts';
import { ask, type Finding, type Seen, settle } from './journey.ts';
import { sameItem } from './list-paging.ts';
import { readWholeList, shapeOfList, type WholeList } from './read-list.ts';
import { declaredProperties, differenceOf } from './same-value.ts';

/** A life with what is needed to live it. */
export interface LifeContext {
  readonly run: Run;
  readonly life: Life;
  /** Where bodies have the things of this life. */
  readonly forms: Forms;
  /** A number that was not given before. */
  turn(): number;
  make(name: string): Promise<Thing | undefined>;
  pathOf(thing: Thing): Readonly<Record<string, unknown>>;
  /** What is read of a thing, without what the document puts around it. */
  read(thing: Thing): Promise<Seen | undefined>;
  /** Every item of the list that the thing stands in. */
  list(thing: Thing): Promise<WholeList | undefined>;
  /** Whether the rows of the list can show what the path of a thing names it by. */
  rowsTellIds(): boolean;
  /** A valid body of an operation. */
  bodyFor(operation: ApiOperation, name: string, fill?: 'required' | 'everything'): Promise<unknown>;
  /** The duty of an operation's part, where it is to be judged. */
  duty(operation: ApiOperation | undefined, journey: string): JourneyDuty | undefined;
  judge(operation: ApiOperation | undefined, journey: string, look: () => Promise<Finding>): Promise<void>;
  readonly eventually: Eventually;
}

/** What the steps of one life share. */
export function contextOf(run: Run, life: Life): LifeContext {
  let turns = 0;
  const forms = formsOf(run, life);
  const context: LifeContext = {
    run,
    life,
    forms,
    turn: () => {
      turns += 1;
      return turns;
    },
    make: (name) => run.things.own(life.source, { name: `life ${name}`, path: {} }),
    pathOf(thing) {
      const names = run.paths.variables(life.read.path);
      const before = Object.entries(thing.path).filter(([name]) => names.includes(name));
      return { ...Object.fromEntries(before), [life.variable]: thing.id };
    },
    async read(thing) {
      if (!canName(run.api.compile(life.read), life.variable, thing.id)) return undefined;
      const seen = await ask(run, life.read, { name: 'life read', path: context.pathOf(thing) });
      return seen === undefined ? undefined : { ...seen, body: forms.shown(life.read, seen.body) };
    },
    async list(thing) {
      if (life.list === undefined) return undefined;
      return readWholeList(run, life.list, { path: thing.path, query: neededFilters(run, life.list, thing) });
    },
    rowsTellIds() {
      const row = life.list === undefined ? undefined : shapeOfList(run.api.compile(life.list))?.itemSchema;
      if (declaredProperties(row).size === 0) return true;
      return idPropertyOf(resourceLike(run, life.create, life.variable), row) !== undefined;
    },
    async bodyFor(operation, name, fill = 'everything') {
      const base = await makeBase(run, run.api.compile(operation), {
        fill,
        name,
        path: { [life.variable]: 'none' },
      });
      return 'values' in base ? base.values.body?.value : undefined;
    },
    duty(operation, journey) {
      const duties = operation === undefined ? undefined : run.dutiesOf(operation);
      const duty = duties?.journeys.find((one) => one.journey === journey);
      return duty !== undefined && isOpen(run, duty) ? duty : undefined;
    },
    async judge(operation, journey, look) {
      const duty = context.duty(operation, journey);
      if (duty !== undefined) await settle(run, duty, { look });
    },
    eventually: createEventually(),
  };
  return context;
}

/** What a list has to be filtered by, as the thing has it: else it would not be in the list. */
function neededFilters(run: Run, list: ApiOperation, { body }: Thing): Readonly<Record<string, unknown>> {
  const shape = shapeOfList(run.api.compile(list));
  if (shape === undefined) return {};
  const needed = list.parameters.filter((one) => one.in === 'query' && one.required).map(({ name }) => name);
  const filters = listParametersOf(list, shape).filters.filter(
    ({ parameter, operator }) => operator === 'equals' && needed.includes(parameter),
  );
  const entries = filters.map(({ parameter, path }) => [parameter, readProperty(body, path)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

function isOpen(run: Run, duty: Duty): boolean {
  return run.ledger.verdict(duty) === undefined;
}

/** The schemas that a thing is written and read by. */
export function schemasOf(
  { forms, life }: LifeContext,
  written: ApiOperation,
): { request: Schema | undefined; response: Schema | undefined } {
  return { request: forms.sentSchema(written), response: forms.shownSchema(life.read) };
}

/** Whether the list has an item with the thing's id anywhere at its top, or the id itself. */
export function hasItem(items: readonly unknown[], thing: Thing): boolean {
  const values = (item: unknown): readonly unknown[] => (isPlain(item) ? Object.values(item) : [item]);
  return items.some((item) => values(item).some((value) => String(value) === String(thing.id)));
}

/** Whether an answer says that the thing is not there (any more). */
export function isGone(seen: Seen): boolean {
  return seen.status === 404 || seen.status === 410;
}

/** What is wrong beneath where what was created cannot be found: whatever is asked of it fails then. */
export function lostIf(seen: Seen | undefined): string | undefined {
  return seen !== undefined && isGone(seen) ? 'what was created is not there' : undefined;
}

/** Whether an answer came, and is a 2xx. */
export function isThere(seen: Seen | undefined): seen is Seen {
  return seen !== undefined && isSuccess(seen.status);
}

/** A member of a thing's body. */
export function memberOf(body: unknown, name: string): unknown {
  return valueAt(body, `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

/** How many items like what was sent the thing's list has that it did not have before. */
export async function newCopies(
  context: LifeContext,
  {
    thing,
    body,
    before,
    except,
  }: { thing: Thing; body: unknown; before: WholeList | undefined; except?: Thing },
): Promise<{ count: number; seen: Seen } | undefined> {
  const list = await context.list(thing);
  const page = list?.pages[0];
  if (list === undefined || page === undefined || !list.complete || !isPlain(body)) return undefined;
  if (before === undefined || !before.complete) return undefined;
  const schemas = schemasOf(context, context.life.create);
  // A thing that was given another key is still the same thing, where the old one is gone.
  const isRenamed = except !== undefined && !hasItem(list.items, except);
  const isExcepted = (item: unknown): boolean =>
    except !== undefined && (hasItem([item], except) || (isRenamed && sameItem(item, body)));
  const fresh = list.items.filter(
    (item) => !isExcepted(item) && !before.items.some((old) => sameItem(old, item)),
  );
  const count = fresh.filter((item) => differenceOf(body, item, schemas) === undefined).length;
  return { count, seen: page.seen };
}
