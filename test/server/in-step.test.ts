import { setImmediate as turnOver } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inStep } from '../../src/server/in-step.ts';

it('does what came in one turn of the event loop together, in order, and what comes of it in the next', async () => {
  const done: string[] = [];
  const take = inStep((job: string) => {
    done.push(job);
    if (job === 'first') take('third');
  });
  take('first');
  take('second');
  await Promise.resolve();
  expect(done).toEqual([]);
  await turnOver();
  expect(done).toEqual(['first', 'second']);
  await turnOver();
  expect(done).toEqual(['first', 'second', 'third']);
});
