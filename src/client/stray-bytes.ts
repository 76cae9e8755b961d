import type { Dispatcher } from 'undici';

/** Tells whether bytes came behind the end of an answer: a body that should not be, one longer than it says, a second answer. */
export interface StrayWatch {
  /** Calls back a moment after an answer has ended, when what came with it has been read. */
  afterEnd(told: (isFollowed: boolean) => void): void;
}

/** Turns of the event loop that undici takes to read what came in one piece with an answer. */
const turns = 3;

/**
 * Watches an agent's connections. undici drops one on which it reads bytes that no request waits for, and tells of it; that is taken
 * to be about the answer that has just ended, where it is the only one.
 */
export function watchStrays(agent: Dispatcher): StrayWatch {
  const ended = new Set<{ isFollowed: boolean }>();
  agent.on('disconnect', (_origin, _targets, error) => {
    const [only] = ended;
    if (only !== undefined && ended.size === 1 && error.message === 'bad response') only.isFollowed = true;
  });
  return {
    afterEnd(told) {
      const answer = { isFollowed: false };
      ended.add(answer);
      const wait = (left: number): void => {
        if (left > 0 && !answer.isFollowed) {
          setImmediate(wait, left - 1);
          return;
        }
        ended.delete(answer);
        told(answer.isFollowed);
      };
      wait(turns);
    },
  };
}
