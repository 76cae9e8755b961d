import { type Change, change, lookHas, looksAs, type Pair } from './change-thing.ts';
import { lookNotModified, lookTagChanges } from './entity-tags.ts';
import { type Finding, unknown } from './journey.ts';
import { isThere, type LifeContext } from './life-context.ts';
import { lookKeepsRest, lookSeveral } from './partial-changes.ts';
import { lookIfMatch, lookRefused } from './refused-changes.ts';
import { lookCreatesNone, lookIdempotent, lookReplaces } from './replacements.ts';

/** Changes things, and looks at what has changed and what has not. */
export async function liveChange(context: LifeContext, pair: Pair): Promise<void> {
  const { life } = context;
  for (const operation of [life.replace, life.update]) {
    if (operation === undefined) continue;
    await context.judge(operation, 'neighbour', () => lookNeighbour(context, { ...pair, operation }));
    await context.judge(operation, 'stored', () => lookChanged(context, { ...pair, operation }));
    await context.judge(operation, 'refused-changes-nothing', () =>
      lookRefused(context, { ...pair, operation }),
    );
    await context.judge(operation, 'if-match', () => lookIfMatch(context, { ...pair, operation }));
  }
  await context.judge(life.replace, 'idempotent', () => lookIdempotent(context, pair));
  await context.judge(life.replace, 'creates-none', () => lookCreatesNone(context, pair));
  await context.judge(life.replace, 'replaces', () => lookReplaces(context, pair));
  await context.judge(life.update, 'keeps-the-rest', () => lookKeepsRest(context, pair));
  await context.judge(life.update, 'several', () => lookSeveral(context, pair));
  await context.judge(life.read, 'etag-changes', () => lookTagChanges(context, pair));
  await context.judge(life.read, 'not-modified', () => lookNotModified(context, pair));
}

async function lookChanged(context: LifeContext, { thing, operation }: Change): Promise<Finding> {
  const changed = await change(context, { thing, operation });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the change was refused');
  return context.eventually(() => lookHas(context, { thing, operation, body: changed.body }));
}

async function lookNeighbour(
  context: LifeContext,
  { thing, neighbour, operation }: Change,
): Promise<Finding> {
  const before = await context.read(neighbour);
  if (!isThere(before)) return unknown('there is no neighbour');
  const changed = await change(context, { thing, operation });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the change was refused');
  return looksAs(context, neighbour, { before, message: 'a change of one thing changed another' });
}
