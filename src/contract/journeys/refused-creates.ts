import type { Thing } from '../running/read-thing.ts';
import { ask, broken, type Finding, kept, unknown } from './journey.ts';
import { type LifeContext, newCopies } from './life-context.ts';

/** The same once more, where that is in conflict: nothing is kept of it. */
export async function lookConflict(context: LifeContext, thing: Thing): Promise<Finding> {
  const { run, life } = context;
  const body = thing.sent.body?.value;
  const before = await context.list(thing);
  const seen = await ask(run, life.create, { name: 'conflict', path: thing.path, body, provoked: true });
  if (seen?.status !== 409) return unknown('nothing is in conflict');
  return context.eventually(async () => {
    const found = await newCopies(context, { thing, body: context.forms.sent(life.create, body), before });
    if (found === undefined) return unknown('the list could not be read to its end');
    return found.count === 0 ? kept : broken('what was refused with 409 is kept all the same', seen);
  });
}

/** Somebody unknown asks: that is refused, and nothing is kept of it. */
export async function lookRefused(context: LifeContext, thing: Thing): Promise<Finding> {
  const { run, life } = context;
  const body = await context.bodyFor(life.create, 'refused creation');
  const before = await context.list(thing);
  const seen = await ask(run, life.create, {
    name: 'refused',
    path: thing.path,
    body,
    as: 'nobody',
    provoked: true,
  });
  if (seen === undefined || (seen.status !== 401 && seen.status !== 403))
    return unknown('nobody was refused');
  return context.eventually(async () => {
    const found = await newCopies(context, { thing, body: context.forms.sent(life.create, body), before });
    if (found === undefined) return unknown('the list could not be read to its end');
    return found.count === 0
      ? kept
      : broken(`what was refused with ${seen.status} is kept all the same`, seen);
  });
}
