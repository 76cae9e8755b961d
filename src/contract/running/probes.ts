import type { ApiOperation } from '../../document/index.ts';
import type { HttpRequest } from '../../http/index.ts';
import type { OperationDuties } from '../planning/duty.ts';
import { plainPath } from '../planning/path-sources.ts';
import { isJsonType } from '../planning/plan-values.ts';
import { makeBase, maySend } from './bases.ts';
import { mediaPlanOf } from './media-plan.ts';
import { whyNotMake } from './removal.ts';
import { call, inParallel, type Run } from './run.ts';

/** Ids as servers write them: a server may read one kind and stumble over another. */
const kinds = ['987654321', 'apidouble-none', 'ab0d0b1e-0000-4000-8000-0123456789ab'];

/**
 * Asks for things that there are not, by ids of every kind that the document allows. Nothing is required of the answer but what holds for
 * each: that its status is documented, its body valid, and that the server does not fail.
 */
export async function probeUnknown(run: Run, { operation }: OperationDuties): Promise<void> {
  if (wasReached(run, operation)) await askForNothing(run, operation);
}

/** The same of operations for which no thing is known: it is all that can be asked of them, so that it comes early. */
export async function probeUnreached(run: Run, { operation }: OperationDuties): Promise<void> {
  if (!wasReached(run, operation)) await askForNothing(run, operation);
}

function wasReached({ bases }: Run, operation: ApiOperation): boolean {
  const least = bases.result(operation, 'required');
  return least === 'accepted' || (least !== undefined && 'status' in least);
}

async function askForNothing(run: Run, operation: ApiOperation): Promise<void> {
  const variable = run.paths.variables(operation.path).at(-1);
  if (variable === undefined || !mayProbe(run, operation) || mayCreate(operation)) return;
  const plan = run.api.compile(operation);
  const one = plan.parameters.find(({ parameter }) => parameter.in === 'path' && parameter.name === variable);
  if (one === undefined || run.paths.of(operation.path, variable) === undefined) return;
  const ids = kinds.flatMap((kind) =>
    [kind, Number(kind)].filter((id) => one.validator.isValid(id)).slice(0, 1),
  );
  const name = `unknown ${variable}`;
  const base = await makeBase(run, plan, {
    fill: 'required',
    name,
    guess: true,
    path: { [variable]: ids[0] },
  });
  if ('reason' in base) return;
  const work = async (id: unknown): Promise<void> => {
    const values = { ...base.values, path: { ...base.values.path, [variable]: id } };
    await call(run, plan, { values, provoked: true });
  };
  await inParallel(ids, { width: run.options.concurrency ?? 4, work });
}

/** What is asked here may be taken all the same: nothing may then be made that could not be removed. */
function mayProbe(run: Run, operation: ApiOperation): boolean {
  return maySend(run, operation) && whyNotMake(run, operation) === undefined;
}

/** A PUT makes what it names, unless the document says that it answers 404. */
function mayCreate({ method, responses }: ApiOperation): boolean {
  return method === 'PUT' && !responses.has('404');
}

/**
 * Makes two things that are as like as twins. Nothing is required here either: a server may have both, or refuse the second.
 */
export async function probeTwice(run: Run, { operation }: OperationDuties): Promise<void> {
  const fill = run.bases.accepted(operation);
  const isCreate = operation.method === 'POST' && run.paths.at(`${plainPath(operation.path)}/{}`).length > 0;
  if (!isCreate || fill === undefined || !mayProbe(run, operation)) return;
  const plan = run.api.compile(operation);
  const base = await makeBase(run, plan, { fill, name: 'twins' });
  if ('reason' in base) return;
  await call(run, plan, { values: base.values });
  await call(run, plan, { values: base.values, provoked: true });
}

/**
 * Where no valid request is accepted, nothing that is invalid can be held against the server; how it refuses a body that cannot be
 * read, or has nothing in it, is looked at all the same.
 */
export async function probeBodies(run: Run, { operation }: OperationDuties): Promise<void> {
  const plan = run.api.compile(operation);
  const media = mediaPlanOf(plan);
  if (media === undefined || !isJsonType(media.mediaType) || !mayProbe(run, operation)) return;
  if (run.bases.accepted(operation) !== undefined) return;
  const name = 'unreadable body';
  const base = await makeBase(run, plan, { fill: 'everything', name, guess: true });
  if ('reason' in base) return;
  for (const text of ['{"apidouble": ,}', '{}']) {
    const change = (request: HttpRequest): HttpRequest => ({ ...request, body: Buffer.from(text) });
    await call(run, plan, { values: base.values, provoked: true, change });
  }
}
