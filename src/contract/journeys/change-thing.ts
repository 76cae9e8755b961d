import type { ApiOperation } from '../../document/index.ts';
import type { Thing } from '../running/read-thing.ts';
import { isPlain } from '../values/at-steps.ts';
import { ask, broken, type Finding, kept, type Seen, unknown } from './journey.ts';
import { isThere, type LifeContext, schemasOf } from './life-context.ts';
import { isSame, judgeDifference } from './same-value.ts';

/** A thing, and its neighbour in the same list. */
export interface Pair {
  readonly thing: Thing;
  readonly neighbour: Thing;
}

/** A change of one of them. */
export interface Change extends Pair {
  readonly operation: ApiOperation;
}

/** Changes a thing with a body, or with a valid one. */
export async function change(
  context: LifeContext,
  {
    thing,
    operation,
    body,
    header = {},
  }: Omit<Change, 'neighbour'> & { body?: unknown; header?: Readonly<Record<string, unknown>> },
): Promise<{ seen: Seen; body: unknown } | undefined> {
  const sent = body ?? (await context.bodyFor(operation, `change ${operation.key} ${context.turn()}`));
  const provoked = Object.keys(header).length > 0;
  const seen = await ask(context.run, operation, {
    name: 'change',
    path: context.pathOf(thing),
    body: sent,
    header,
    provoked,
  });
  return seen === undefined ? undefined : { seen, body: sent };
}

/** Looks whether a thing is as it was written. */
export async function lookHas(
  context: LifeContext,
  { thing, operation, body }: Omit<Change, 'neighbour'> & { body: unknown },
): Promise<Finding> {
  const seen = await context.read(thing);
  if (!isThere(seen)) return unknown('it could not be read');
  const written = context.forms.sent(operation, body);
  return judgeDifference(seen, { written, schemas: schemasOf(context, operation) });
}

/** Looks whether a thing is as it was before. */
export async function looksAs(
  context: LifeContext,
  thing: Thing,
  { before, message }: { before: Seen; message: string },
): Promise<Finding> {
  return context.eventually(async () => {
    const after = await context.read(thing);
    if (after === undefined) return unknown('it could not be read again');
    const same = isThere(after) && isSame(stable(before.body), stable(after.body));
    return same ? kept : broken(message, after);
  });
}

/** Without what a server may keep of the time. */
export function stable(body: unknown): unknown {
  if (!isPlain(body)) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !/updated|modified|accessed|lastseen|last_seen/i.test(name)),
  );
}
