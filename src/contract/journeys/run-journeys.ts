import type { OperationDuties } from '../planning/duty.ts';
import { lifeOf } from '../planning/life.ts';
import type { Run } from '../running/run.ts';
import { contextOf } from './life-context.ts';
import { liveChange } from './live-change.ts';
import { liveCreate } from './live-create.ts';
import { liveRemove } from './live-remove.ts';
import { liveTogether } from './live-together.ts';

/** Lives the life that an operation begins. */
export async function runLife(run: Run, duties: OperationDuties): Promise<void> {
  const life = lifeOf(duties.operation, run.paths);
  if (life === undefined || run.options.writes !== true) return;
  const context = contextOf(run, life);
  await liveCreate(context);
  const thing = await context.make('main');
  const neighbour =
    thing === undefined
      ? undefined
      : await run.things.own(life.source, { name: 'life neighbour', path: thing.path });
  if (thing === undefined || neighbour === undefined) return;
  await liveChange(context, { thing, neighbour });
  await liveTogether(context, { thing, neighbour });
  await liveRemove(context, { thing, neighbour });
}
