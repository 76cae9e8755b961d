import type { Clock } from '../core/index.ts';
import { createWorld, type World, type WorldSnapshot } from './world.ts';

/** The worlds of all sessions. One that nobody has used for half an hour is forgotten, and so is the oldest of too many. */
export interface Worlds {
  of(session: string): World;
  reset(session?: string): void;
  restore(snapshot: WorldSnapshot, session: string): void;
  readonly sessions: readonly string[];
}

/** How long a session lives after it was last used, in milliseconds. */
const sessionLife: number = 30 * 60 * 1000;

/** How many sessions there may be at one time, the default one aside. */
export const mostSessions = 200;

interface Kept {
  world: World;
  usedAt: number;
}

/** Makes the worlds of a mock, none of them used. Their age counts by the clock. */
export function createWorlds(clock: Clock): Worlds {
  // In the order of their last use.
  const kept = new Map<string, Kept>();

  function use(session: string, world?: World): World {
    const usedAt = clock.now();
    const one = kept.get(session) ?? { world: world ?? createWorld(), usedAt };
    if (world !== undefined) one.world = world;
    one.usedAt = usedAt;
    if (session === '') {
      kept.set(session, one);
      return one.world;
    }
    kept.delete(session);
    kept.set(session, one);
    expire(usedAt);
    return one.world;
  }

  function expire(now: number): void {
    let named = kept.size - Number(kept.has(''));
    for (const [session, { usedAt }] of kept) {
      if (session === '') continue;
      if (now - usedAt < sessionLife && named <= mostSessions) return;
      kept.delete(session);
      named -= 1;
    }
  }

  return {
    of: (session) => use(session),
    reset(session) {
      if (session === undefined) kept.clear();
      else kept.delete(session);
    },
    restore: (snapshot, session) => void use(session, createWorld(snapshot)),
    get sessions() {
      return [...kept.keys()];
    },
  };
}
