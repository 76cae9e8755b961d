import { expect, it } from 'vitest';
import { Worlds } from '../../src/scenario/world.ts';

const minutes = 60_000;

it('forgets a session that nobody has used for half an hour, and never the one of all', () => {
  let now = 0;
  const worlds = new Worlds(() => now);
  for (const session of ['', 'old', 'used']) worlds.of(session).enter('first', 'second');
  now = 20 * minutes;
  worlds.of('used');
  now = 31 * minutes;
  const states = ['', 'old', 'used'].map((session) => worlds.of(session).stateOf('first'));
  expect(states).toEqual(['second', undefined, 'second']);
});

it('keeps no more than 200 sessions, those that were used last', () => {
  const worlds = new Worlds(() => 0);
  worlds.of('first').enter('a', 'b');
  worlds.of('second').enter('a', 'b');
  for (let number = 0; number < 198; number += 1) worlds.of(String(number));
  worlds.of('first');
  worlds.of('one more');
  expect(['first', 'second'].map((session) => worlds.of(session).stateOf('a'))).toEqual(['b', undefined]);
});
