import { valueAt } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import type { Exchange } from '../../http/index.ts';
import { correctionOf, idPropertyOf, listShapeOf, type OperationPlan } from '../../plan/index.ts';
import { evaluateExpression, type RequestValues } from '../../request/index.ts';
import { type PathSource, plainPath } from '../planning/path-sources.ts';
import { basicName, type Fill, makeBase, type Wish } from './bases.ts';
import { givenParameter, valuesFor } from './example-values.ts';
import { fitting } from './linked.ts';
import { labelOf, type Made, madeBy, removeAll } from './made-thing.ts';
import {
  type Answered,
  bodyOf,
  itemVariable,
  type PathValues,
  readThing,
  resourceLike,
  responseSchema,
  scopeOf,
  type Thing,
} from './read-thing.ts';
import { whyNotMake } from './removal.ts';
import { call, isSuccess, letSettle, type Run } from './run.ts';

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

type Lists = ReadonlyMap<string, Answered>;

/** Bytes of a list that is remembered. */
const longestKept = 262_144;

function listKey({ key }: ApiOperation, path: PathValues): string {
  const values = Object.entries(path).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `${key} ${JSON.stringify(values)}`;
}

/** Makes the keeper of a run's things. The run is asked for late, because it has the keeper itself. */
export function createThings(getRun: () => Run): Things {
  const shared = new Map<string, Promise<unknown>>();
  const made = new Map<string, Made>();
  const lists = new Map<string, Answered>();
  let count = 0;

  const once = (key: string, find: () => Promise<unknown>): Promise<unknown> => {
    const found = shared.get(key) ?? find();
    shared.set(key, found);
    return found;
  };

  const valueFor = async (
    plan: OperationPlan,
    variable: string,
    wish: Wish & { path: PathValues },
  ): Promise<unknown> => {
    const run = getRun();
    const source = run.paths.of(plan.operation.path, variable);
    if (source === undefined) return undefined;
    const isLast = run.paths.variables(plan.operation.path).at(-1) === variable;
    if (wish.fresh === true && isLast) {
      count += 1;
      return (await findOwn(run, source, { name: `fresh ${wish.name} ${count}`, path: wish.path }))?.id;
    }
    const key = `${source.prefix} ${JSON.stringify(wish.path)}`;
    const own = await once(`own ${key}`, () => findShared(run, source, { path: wish.path, made }));
    if (own !== undefined) return own;
    if (source.create !== undefined && !isReading(plan)) return undefined;
    return once(key, () => findForeign(run, source, { path: wish.path, lists }));
  };

  return {
    async pathFor(plan, wish) {
      const run = getRun();
      const values: Record<string, unknown> = { ...wish.path };
      for (const variable of run.paths.variables(plan.operation.path)) {
        if (Object.hasOwn(values, variable)) continue;
        const given = givenVariable(run, plan, variable);
        if (given !== undefined) values[variable] = given.value;
        if (Object.hasOwn(values, variable) || run.paths.of(plan.operation.path, variable) === undefined)
          continue;
        const value = await valueFor(plan, variable, { ...wish, path: before(run, plan, variable, values) });
        if (value !== undefined && !canName(plan, variable, value))
          return { reason: `what ${variable} would name has a key that the document does not let it have` };
        if (value !== undefined) values[variable] = value;
        else if (wish.guess !== true) return { reason: `nothing is known that ${variable} could name` };
      }
      return { values };
    },
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

/** Whether the document lets a path's variable have a value. Some keys break what the path says of them: such a thing cannot be asked for. */
export function canName({ parameters }: OperationPlan, variable: string, value: unknown): boolean {
  const one = parameters.find(({ parameter }) => parameter.in === 'path' && parameter.name === variable);
  return one === undefined || fitting(value, one.validator) !== undefined;
}

/** The values of the variables that stand before one. */
function before(run: Run, { operation }: OperationPlan, variable: string, values: PathValues): PathValues {
  const names = run.paths.variables(operation.path);
  const earlier = names.slice(0, names.indexOf(variable));
  return Object.fromEntries(Object.entries(values).filter(([name]) => earlier.includes(name)));
}

/** What somebody gives for a path's variable. What is changed or removed is made by the run where it can be, unless it is given for that. */
function givenVariable(run: Run, plan: OperationPlan, variable: string): { value: unknown } | undefined {
  const { exampleData: data } = run.options;
  const one = plan.parameters.find(({ parameter }) => parameter.in === 'path' && parameter.name === variable);
  if (one === undefined) return undefined;
  const isForThis = Object.hasOwn(valuesFor(data, plan).path ?? {}, variable);
  const isLast = run.paths.variables(plan.operation.path).at(-1) === variable;
  const isOwn = run.paths.of(plan.operation.path, variable)?.create !== undefined;
  if (!isForThis && isLast && isOwn && !isReading(plan)) return undefined;
  return givenParameter(data, plan, one);
}

function isReading(plan: OperationPlan): boolean {
  return plan.operation.method === 'GET' || plan.operation.method === 'HEAD';
}

interface Search {
  readonly path: PathValues;
  /** What this run has made so far. */
  readonly made: ReadonlyMap<string, Made>;
}

/** A thing that this run makes for all to use; where no further one can be made, one that it has made before. */
async function findShared(run: Run, source: PathSource, { path, made }: Search): Promise<unknown> {
  const own = await findOwn(run, source, { name: 'shared', path });
  if (own !== undefined) return own.id;
  for (const { remove, path: values } of made.values()) {
    if (remove === undefined || plainPath(remove.path) !== source.prefix) continue;
    const variable = run.paths.variables(remove.path).at(-1) ?? '';
    if (Object.entries(path).every(([name, value]) => values[name] === value)) return values[variable];
  }
  return undefined;
}

/** A thing that was there before: only to be read, where things of its kind can be made. */
async function findForeign(
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

/** A thing of this run's own: made by the collection's POST, or by another one that links here. */
async function findOwn(
  run: Run,
  source: PathSource,
  wish: { name: string; path: PathValues },
): Promise<Thing | undefined> {
  if (run.options.writes !== true) return undefined;
  if (source.create !== undefined) return createThing(run, source, wish);
  const link = source.links.find(({ from }) => from.method === 'POST');
  if (link === undefined) return undefined;
  const plan = run.api.compile(link.from);
  return createBy(run, plan, {
    name: `${source.prefix} ${wish.name}`,
    path: wish.path,
    expression: link.expression,
  });
}

async function createThing(
  run: Run,
  source: PathSource,
  wish: { name: string; path: PathValues; fill?: Fill },
): Promise<Thing | undefined> {
  if (source.create === undefined) return undefined;
  return createBy(run, run.api.compile(source.create), { ...wish, ...expressionOf(source) });
}

function expressionOf(source: PathSource): { expression?: string } {
  const link = source.links.find(({ from }) => from === source.create);
  return link === undefined ? {} : { expression: link.expression };
}

interface Creation {
  readonly name: string;
  readonly path: PathValues;
  readonly fill?: Fill;
  readonly expression?: string;
}

async function createBy(run: Run, plan: OperationPlan, creation: Creation): Promise<Thing | undefined> {
  if (whyNotMake(run, plan.operation) !== undefined) return undefined;
  const fills = creation.fill === undefined ? fillsOf(run, plan) : [creation.fill];
  for (const [index, fill] of fills.entries()) {
    // What failed may have taken a name that is unique: the next one has another.
    const name = index === 0 ? creation.name : `${creation.name} ${fill}`;
    const base = await makeBase(run, plan, { fill, name, path: creation.path });
    if ('reason' in base) continue;
    const outcome = await call(run, plan, { values: base.values });
    if (outcome?.kind !== 'answered' || !isSuccess(outcome.status)) continue;
    const thing = readThing(run, plan, { values: base.values, outcome, expression: creation.expression });
    if (thing === undefined) continue;
    if (fill === 'everything') noteAccepted(run, plan, fill);
    await letSettle(run);
    return thing;
  }
  return undefined;
}

/** The fills that a thing may be made with: the fullest that is accepted, and first what was not tried yet. */
function fillsOf({ bases }: Run, { operation }: OperationPlan): readonly Fill[] {
  const known = bases.accepted(operation);
  if (known === undefined) return ['everything', 'required', 'example'];
  const isOpen = known !== 'everything' && bases.result(operation, 'everything') === undefined;
  return isOpen ? ['everything', known] : [known];
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
  const shape = listShapeOf(
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

/** What was sent to get at a thing stands for the positive case that is the same. */
function noteAccepted(run: Run, { operation }: OperationPlan, fill: 'required' | 'everything'): void {
  if (run.bases.result(operation, fill) !== undefined) return;
  run.bases.note(operation, fill, 'accepted');
  const duties = run.dutiesOf(operation);
  if (duties !== undefined) run.ledger.pass(duties.basics[fill === 'required' ? 0 : 1]);
}
