import { makeBase } from '../running/bases.ts';
import type { Thing } from '../running/read-thing.ts';
import { isSuccess } from '../running/run.ts';
import { authorize } from '../sending/authorize.ts';
import { writeRequest } from '../sending/write-request.ts';
import { isPlain } from '../values/at-steps.ts';
import type { Pair } from './change-thing.ts';
import { ask, broken, type Finding, kept, type Seen, unknown } from './journey.ts';
import { hasItem, isGone, isThere, type LifeContext } from './life-context.ts';
import { sameItem } from './list-paging.ts';
import type { WholeList } from './read-list.ts';
import { text } from './same-value.ts';

/** Deletes a thing, and looks for it and for its neighbour. */
export async function liveRemove(context: LifeContext, { thing, neighbour }: Pair): Promise<void> {
  const { life } = context;
  if (life.remove === undefined) return;
  await context.judge(life.remove, 'refused-deletes-nothing', () => lookRefused(context, thing));
  const last = await context.read(thing);
  const before = await context.list(neighbour);
  const removed = await remove(context, thing);
  if (removed === undefined || !isThere(removed)) return;
  await context.judge(life.remove, 'gone', () => context.eventually(() => lookGone(context, thing)));
  await context.judge(life.remove, 'gone-from-list', () =>
    context.eventually(() => lookGoneFromList(context, thing, neighbour)),
  );
  await context.judge(life.remove, 'neighbour', () =>
    context.eventually(() => lookNeighbour(context, { thing, neighbour }, { before, last })),
  );
  await context.judge(life.remove, 'twice', () => lookTwice(context, thing));
}

function remove(context: LifeContext, thing: Thing): Promise<Seen | undefined> {
  const { run, life } = context;
  return life.remove === undefined
    ? Promise.resolve(undefined)
    : ask(run, life.remove, { name: 'remove', path: context.pathOf(thing), provoked: true });
}

async function lookGone(context: LifeContext, thing: Thing): Promise<Finding> {
  const seen = await context.read(thing);
  if (seen === undefined) return unknown('no answer came');
  if (isGone(seen)) return kept;
  return isSuccess(seen.status)
    ? broken('what was deleted is still there', seen)
    : unknown(`it is answered with ${seen.status}`);
}

async function lookGoneFromList(context: LifeContext, thing: Thing, neighbour: Thing): Promise<Finding> {
  const list = await context.list(neighbour);
  const page = list?.pages[0];
  if (list === undefined || page === undefined) return unknown('the list could not be read');
  return hasItem(list.items, thing) ? broken('what was deleted is still in the list', page.seen) : kept;
}

async function lookNeighbour(
  context: LifeContext,
  { thing, neighbour }: Pair,
  { before, last }: { before: WholeList | undefined; last: Seen | undefined },
): Promise<Finding> {
  const seen = await context.read(neighbour);
  if (seen === undefined) return unknown('no answer came');
  if (isGone(seen)) return broken('what was not deleted is gone too', seen);
  const after = await context.list(neighbour);
  const page = after?.pages[0];
  if (before === undefined || after === undefined || page === undefined || !after.complete) return kept;
  // A change may have given it another key than the one that it was made with.
  const body = last?.body;
  const shown = [body, ...(isPlain(body) ? Object.values(body) : [])];
  const isItself = (item: unknown): boolean =>
    hasItem([item], thing) || shown.some((one) => sameItem(item, one));
  const lost = before.items.filter(
    (item) => !isItself(item) && !after.items.some((one) => sameItem(one, item)),
  );
  return lost.length === 0
    ? kept
    : broken(`what was not deleted is gone from the list: ${text(lost[0])}`, page.seen);
}

async function lookTwice(context: LifeContext, thing: Thing): Promise<Finding> {
  const seen = await remove(context, thing);
  if (seen === undefined) return unknown('no answer came');
  return seen.status >= 500 ? broken(`to delete again is answered with ${seen.status}`, seen) : kept;
}

/** Nobody, and who lacks a role, may try; the thing has to be there after. */
async function lookRefused(context: LifeContext, thing: Thing): Promise<Finding> {
  const { run, life } = context;
  if (life.remove === undefined) return unknown('there is no DELETE');
  const plan = run.api.compile(life.remove);
  const base = await makeBase(run, plan, {
    fill: 'required',
    name: 'refused removal',
    path: context.pathOf(thing),
  });
  const request = 'values' in base ? writeRequest(plan, base.values, run.destination) : undefined;
  if (request === undefined || plan.security.length === 0) return unknown('anybody may delete');
  const others = run.second === undefined ? [] : [authorize(request, plan, run.second)];
  if (!isThere(await context.read(thing))) return unknown('it could not be read before');
  let finding: Finding = unknown('nobody was refused');
  for (const one of [request, ...others]) {
    const outcome = await run.session.send(one, { plan, provoked: true });
    if (outcome.kind !== 'answered' || (outcome.status !== 401 && outcome.status !== 403)) continue;
    finding = await context.eventually(async () => {
      const seen = await context.read(thing);
      if (seen === undefined) return unknown('it could not be read');
      return isGone(seen)
        ? broken(`who may not delete was refused with ${outcome.status}, and the thing is gone`, seen)
        : kept;
    });
    if (finding.kind === 'broken') return finding;
  }
  return finding;
}
