/** What one session has lived through: the states of scenarios, what was counted, and how often each rule answered. */
export class World {
  readonly #states = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** The state that a scenario is in; `undefined` where it has not left its first. */
  stateOf(scenario: string): string | undefined {
    return this.#states.get(scenario);
  }

  enter(scenario: string, state: string): void {
    this.#states.set(scenario, state);
  }

  /** Raises a count by one and gives what it has come to. Names that templates make up are bounded. */
  raise(name: string): number {
    const next = this.count(name) + 1;
    if (next > 1 || this.#counts.size < mostCounts) this.#counts.set(name, next);
    return next;
  }

  count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Forgets a scenario: its state and all counts of its rules. */
  forget(scenario: string): void {
    this.#states.delete(scenario);
    for (const name of this.#counts.keys()) if (name.startsWith(`${scenario}#`)) this.#counts.delete(name);
  }
}

const mostCounts = 10_000;
const mostWorlds = 1000;

/** The worlds by session. Those that were not used for longest are forgotten where there are too many. */
export class Worlds {
  readonly #worlds = new Map<string, World>();

  of(session: string): World {
    const known = this.#worlds.get(session);
    if (known !== undefined) {
      if (this.#worlds.size > 1) {
        this.#worlds.delete(session);
        this.#worlds.set(session, known);
      }
      return known;
    }
    const world = new World();
    this.#worlds.set(session, world);
    const [oldest] = this.#worlds.keys();
    if (this.#worlds.size > mostWorlds && oldest !== undefined) this.#worlds.delete(oldest);
    return world;
  }

  /** Begins anew: one session, or all. */
  clear(session?: string): void {
    if (session === undefined) this.#worlds.clear();
    else this.#worlds.delete(session);
  }

  forget(scenario: string): void {
    for (const world of this.#worlds.values()) world.forget(scenario);
  }
}
