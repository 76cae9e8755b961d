import { valueAt } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import { type Exchange, type HttpResponse, percentDecode } from '../../http/index.ts';
import {
  correctionOf,
  idPropertyOf,
  listShapeOf,
  mediaSchema,
  type OperationPlan,
} from '../../plan/index.ts';
import { evaluateExpression, type RequestValues } from '../../request/index.ts';
import type { Schema } from '../../schema/index.ts';
import { type PathSource, type PathSources, plainPath } from '../planning/path-sources.ts';
import type { Outcome } from '../sending/session.ts';
import { isPlain } from '../values/at-steps.ts';
import { type Fill, makeBase, type Wish } from './bases.ts';
import { givenParameter, valuesFor } from './example-values.ts';
import { isCreating, removalOf, whyNotMake } from './removal.ts';
import { call, isSuccess, letSettle, type Run } from './run.ts';

type Answered = Outcome & { kind: 'answered' };
type PathValues = Readonly<Record<string, unknown>>;

/** A thing that this run made. */
export interface Thing {
  readonly id: unknown;
  readonly path: PathValues;
  readonly sent: RequestValues;
  readonly response: HttpResponse;
  readonly exchange: Exchange;
  readonly body: unknown;
}

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
  /** The server was put back to where it was: what was made or found is there no more. */
  forget(): void;
  /** Removes what was made; tells what could not be. */
  cleanUp(): Promise<readonly string[]>;
}

interface Made {
  readonly remove: ApiOperation | undefined;
  readonly path: PathValues;
  readonly label: string;
}

export function createThings(getRun: () => Run): Things {
  const shared = new Map<string, Promise<unknown>>();
  const made = new Map<string, Made>();
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
    return once(key, () => findForeign(run, source, wish.path));
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
      const thing = thingOf(run, plan, { values, outcome });
      if (thing === undefined) return;
      made.set(thing.label, thing);
    },
    forget() {
      shared.clear();
      made.clear();
    },
    cleanUp: () => removeAll(getRun(), made),
  };
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
async function findForeign(run: Run, source: PathSource, path: PathValues): Promise<unknown> {
  for (const link of source.links) {
    if (link.from.method !== 'GET') continue;
    const value = await followLink(run, link.from, {
      expression: link.expression,
      name: source.prefix,
      path,
    });
    if (value !== undefined) return value;
  }
  return source.list === undefined ? undefined : (await listIds(run, source, path))[0];
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
  const known = run.bases.accepted(plan.operation);
  const fills: readonly Fill[] = known === undefined ? ['everything', 'required', 'example'] : [known];
  for (const fill of creation.fill === undefined ? fills : [creation.fill]) {
    const base = await makeBase(run, plan, { fill, name: creation.name, path: creation.path });
    if ('reason' in base) continue;
    const outcome = await call(run, plan, { values: base.values });
    if (outcome?.kind !== 'answered' || !isSuccess(outcome.status)) continue;
    const thing = readThing(run, plan, { values: base.values, outcome, expression: creation.expression });
    if (thing === undefined) continue;
    await letSettle(run);
    return thing;
  }
  return undefined;
}

interface Creating {
  readonly values: RequestValues;
  readonly outcome: Answered;
  readonly expression?: string | undefined;
}

function readThing(
  run: Run,
  plan: OperationPlan,
  { values, outcome, expression }: Creating,
): Thing | undefined {
  const { response } = outcome.exchange;
  const body = bodyOf(plan, response);
  const id =
    expression === undefined
      ? idOf(run, plan, { response, body })
      : evaluateExpression(expression, scopeOf(outcome, values, body));
  if (id === undefined || id === null) return undefined;
  return { id, path: { ...values.path }, sent: values, response, exchange: outcome.exchange, body };
}

function scopeOf(
  { exchange }: Answered,
  values: RequestValues,
  responseBody: unknown,
): Parameters<typeof evaluateExpression>[1] {
  const { path = {}, query = {}, header = {}, cookie = {} } = values;
  return {
    ...exchange,
    values: { path, query, header, cookie },
    requestBody: values.body?.value,
    responseBody,
  };
}

/** The decoded body of a response; `undefined` where there is none, or none that can be read. */
export function bodyOf(plan: OperationPlan, response: HttpResponse): unknown {
  const type = response.headers.get('content-type');
  const media = type === undefined ? undefined : plan.responseFor(response.status)?.find(type);
  if (media !== undefined && type !== undefined) return media.codec.decode(response.body, type).value;
  try {
    return JSON.parse(Buffer.from(response.body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The id in the answer of a create. Where the end of Location is one of the values in the body, that is the one: the server itself
 * says so. Else it is told by the item's schema, and where that tells nothing, by Location alone.
 */
function idOf(
  run: Run,
  plan: OperationPlan,
  { response, body }: { response: HttpResponse; body: unknown },
): unknown {
  const end = endOfLocation(response);
  const named = isPlain(body)
    ? Object.values(body).find((value) => isScalar(value) && String(value) === end)
    : undefined;
  if (named !== undefined) return named;
  const variable = itemVariable(run.paths, plan.operation);
  const schema = responseSchema(plan, response.status);
  const property = idPropertyOf(resourceLike(run, plan.operation, variable ?? ''), schema);
  const id = property === undefined ? undefined : valueAt(body, `/${property}`);
  return id ?? end;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

/** The last segment of Location, decoded where it can be. */
function endOfLocation({ headers }: HttpResponse): string | undefined {
  const [path = ''] = headers.get('location')?.split(/[?#]/) ?? [];
  const segment = path.split('/').findLast((one) => one !== '');
  return segment === undefined ? undefined : (percentDecode(segment) ?? segment);
}

/** The variable of the items in a collection: of the path that goes one step on. */
function itemVariable(paths: PathSources, collection: ApiOperation): string | undefined {
  for (const suffix of ['/{}', '{}']) {
    const item = paths.at(`${plainPath(collection.path)}${suffix}`)[0];
    if (item !== undefined) return paths.variables(item.path).at(-1);
  }
  return undefined;
}

function resourceLike(
  run: Run,
  collection: ApiOperation,
  idParameter: string,
): Parameters<typeof idPropertyOf>[0] {
  const { path } = collection;
  const around = [...run.paths.at(path), ...run.paths.at(`${plainPath(path)}/{}`)];
  const [idProperty] = around.flatMap((operation) => correctionOf(operation).id ?? []);
  const noun =
    plainPath(path)
      .split('/')
      .findLast((one) => one !== '' && one !== '{}') ?? '';
  return {
    name: plainPath(path),
    noun,
    idParameter,
    parents: [],
    operations: {},
    ...(idProperty === undefined ? {} : { idProperty }),
  };
}

/** The schema of a JSON answer; of a success that is not documented, that of the first one that is. */
export function responseSchema(plan: OperationPlan, status: number): Schema | undefined {
  const like = isSuccess(status) ? plan.responses.find((one) => one.status.startsWith('2')) : undefined;
  const media = (plan.responseFor(status) ?? like)?.mediaTypes[0];
  return media === undefined ? undefined : mediaSchema(media.object);
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

async function listIds(run: Run, source: PathSource, path: PathValues): Promise<readonly unknown[]> {
  if (source.list === undefined) return [];
  const plan = run.api.compile(source.list);
  const base = await makeBase(run, plan, { fill: 'required', name: 'list', path });
  if ('reason' in base) return [];
  const outcome = await call(run, plan, { values: base.values });
  if (outcome?.kind !== 'answered' || !isSuccess(outcome.status)) return [];
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

function thingOf(run: Run, plan: OperationPlan, { values, outcome }: Creating): Made | undefined {
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

function labelOf(run: Run, operation: ApiOperation, path: PathValues): string {
  const values = run.paths.variables(operation.path).map((name) => String(path[name]));
  return `${plainPath(operation.path)} ${JSON.stringify(values)}`;
}

function pathBefore(run: Run, item: ApiOperation, values: RequestValues): PathValues {
  const names = new Set(run.paths.variables(item.path));
  return Object.fromEntries(Object.entries(values.path ?? {}).filter(([name]) => names.has(name)));
}

async function removeAll(run: Run, made: ReadonlyMap<string, Made>): Promise<readonly string[]> {
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
