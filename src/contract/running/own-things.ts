import type { OperationPlan } from '../../plan/index.ts';
import { type PathSource, plainPath } from '../planning/path-sources.ts';
import { type Fill, makeBase } from './bases.ts';
import type { Made } from './made-thing.ts';
import { noteAccepted } from './note-accepted.ts';
import { type PathValues, readThing, type Thing } from './read-thing.ts';
import { whyNotMake } from './removal.ts';
import { call, isSuccess, letSettle, type Run } from './run.ts';

interface Search {
  readonly path: PathValues;
  /** What this run has made so far. */
  readonly made: ReadonlyMap<string, Made>;
}

/** A thing that this run makes for all to use; where no further one can be made, one that it has made before. */
export async function findShared(run: Run, source: PathSource, { path, made }: Search): Promise<unknown> {
  const own = await findOwn(run, source, { name: 'shared', path });
  if (own !== undefined) return own.id;
  for (const { remove, path: values } of made.values()) {
    if (remove === undefined || plainPath(remove.path) !== source.prefix) continue;
    const variable = run.paths.variables(remove.path).at(-1) ?? '';
    if (Object.entries(path).every(([name, value]) => values[name] === value)) return values[variable];
  }
  return undefined;
}

/** A thing of this run's own: made by the collection's POST, or by another one that links here. */
export async function findOwn(
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

/** One more thing, by the POST of its collection; `undefined` where there is none or it is refused. */
export async function createThing(
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

/** One more thing by an operation: by the first request that is accepted and whose answer tells what was made. */
export async function createBy(
  run: Run,
  plan: OperationPlan,
  creation: Creation,
): Promise<Thing | undefined> {
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
