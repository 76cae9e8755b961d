import type { ApiOperation } from '../../document/index.ts';
import type { Exchange } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { PathSource } from '../planning/path-sources.ts';
import type { Fill, Wish } from './bases.ts';
import { findForeign, listKey } from './foreign-things.ts';
import { labelOf, type Made, madeBy, removeAll } from './made-thing.ts';
import { createBy, createThing, findOwn, findShared } from './own-things.ts';
import { canName, givenVariable, isReading, valuesBefore } from './path-variables.ts';
import { type Answered, type PathValues, readThing, type Thing } from './read-thing.ts';
import type { Run } from './run.ts';

/** The things that paths name: made by this run, or found in lists. */
export interface Things {
  pathFor(plan: OperationPlan, wish: Wish): Promise<{ values: PathValues } | { reason: string }>;
  /** Makes one more thing; `undefined` where that is refused. */
  create(
    source: PathSource,
    wish: { name: string; path: PathValues; fill?: Fill },
  ): Promise<Thing | undefined>;
  /** A thing of this run's own, made by the collection or by what links to it. */
  own(source: PathSource, wish: { name: string; path: PathValues }): Promise<Thing | undefined>;
  /** One more thing by an operation that makes things. */
  make(create: ApiOperation, wish: { name: string; path: PathValues }): Promise<Thing | undefined>;
  /** The thing that a request made, by its answer. */
  read(
    plan: OperationPlan,
    made: { values: RequestValues; exchange: Exchange },
    source: PathSource,
  ): Thing | undefined;
  /** Remembers what a request made, so that it can be removed. */
  register(plan: OperationPlan, values: RequestValues, outcome: Answered): void;
  /** Remembers what a list showed to who asked for no more than it needs, so that it is not asked again for what it has. */
  keepList(plan: OperationPlan, values: RequestValues, outcome: Answered): void;
  /** The server was put back to where it was: what was made or found is there no more. */
  forget(): void;
  /** Removes what was made; tells what could not be. */
  cleanUp(): Promise<readonly string[]>;
}

/** What is remembered of the things that a run has made or found. */
interface Kept {
  readonly shared: Map<string, Promise<unknown>>;
  readonly made: Map<string, Made>;
  readonly lists: Map<string, Answered>;
  /** Counts the things that nobody else is to use. */
  fresh: number;
}

/** Bytes of a list that is remembered. */
const longestKept = 262_144;

/** Makes the keeper of a run's things. The run is asked for late, because it has the keeper itself. */
export function createThings(getRun: () => Run): Things {
  const kept: Kept = { shared: new Map(), made: new Map(), lists: new Map(), fresh: 0 };
  const { shared, made, lists } = kept;
  return {
    pathFor: (plan, wish) => pathFor(getRun(), kept, { plan, wish }),
    make: (create, wish) => createBy(getRun(), getRun().api.compile(create), wish),
    read(plan, { values, exchange }, source) {
      const outcome: Answered = { kind: 'answered', exchange, status: exchange.response.status };
      const link = source.links.find(({ from }) => from === plan.operation);
      return readThing(getRun(), plan, { values, outcome, expression: link?.expression });
    },
    own: (source, wish) => findOwn(getRun(), source, wish),
    create: (source, wish) => createThing(getRun(), source, wish),
    register(plan, values, outcome) {
      const run = getRun();
      if (plan.operation.method === 'DELETE') made.delete(labelOf(run, plan.operation, values.path ?? {}));
      const thing = madeBy(run, plan, { values, outcome });
      if (thing === undefined) return;
      made.set(thing.label, thing);
    },
    keepList({ operation }, { path = {} }, outcome) {
      const isShort = outcome.exchange.response.body.length <= longestKept;
      if (operation.method === 'GET' && isShort) lists.set(listKey(operation, path), outcome);
    },
    forget() {
      shared.clear();
      made.clear();
      lists.clear();
    },
    cleanUp: () => removeAll(getRun(), made),
  };
}

interface Asked<OfWhat> {
  readonly plan: OperationPlan;
  readonly wish: OfWhat;
}

/** The values of a path's variables, each as early as the variables behind it need it. */
async function pathFor(run: Run, kept: Kept, { plan, wish }: Asked<Wish>): ReturnType<Things['pathFor']> {
  const values: Record<string, unknown> = { ...wish.path };
  for (const variable of run.paths.variables(plan.operation.path)) {
    if (Object.hasOwn(values, variable)) continue;
    const given = givenVariable(run, plan, variable);
    if (given !== undefined) values[variable] = given.value;
    if (Object.hasOwn(values, variable) || run.paths.of(plan.operation.path, variable) === undefined)
      continue;
    const value = await valueFor(run, kept, {
      plan,
      variable,
      wish: { ...wish, path: valuesBefore(run, plan, variable, values) },
    });
    if (value !== undefined && !canName(plan, variable, value))
      return { reason: `what ${variable} would name has a key that the document does not let it have` };
    if (value !== undefined) values[variable] = value;
    else if (wish.guess !== true) return { reason: `nothing is known that ${variable} could name` };
  }
  return { values };
}

/** What a variable is to name: something of the run's own if that can be made; what was there before is only read. */
async function valueFor(
  run: Run,
  kept: Kept,
  { plan, variable, wish }: Asked<Wish & { path: PathValues }> & { variable: string },
): Promise<unknown> {
  const { made, lists } = kept;
  const source = run.paths.of(plan.operation.path, variable);
  if (source === undefined) return undefined;
  const isLast = run.paths.variables(plan.operation.path).at(-1) === variable;
  if (wish.fresh === true && isLast) {
    kept.fresh += 1;
    return (await findOwn(run, source, { name: `fresh ${wish.name} ${kept.fresh}`, path: wish.path }))?.id;
  }
  const key = `${source.prefix} ${JSON.stringify(wish.path)}`;
  const own = await once(kept.shared, `own ${key}`, () => findShared(run, source, { path: wish.path, made }));
  if (own !== undefined) return own;
  if (source.create !== undefined && !isReading(plan)) return undefined;
  return once(kept.shared, key, () => findForeign(run, source, { path: wish.path, lists }));
}

/** Looks for what many ask for a single time, also while the first who asks still waits. */
function once(shared: Kept['shared'], key: string, find: () => Promise<unknown>): Promise<unknown> {
  const found = shared.get(key) ?? find();
  shared.set(key, found);
  return found;
}
