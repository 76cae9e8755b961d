import { stopwatch } from '../core/index.ts';

/** A rule or a fault, as far as it is counted. */
interface Counted {
  readonly id: string;
  readonly scenario: string;
}

type Occasion = 'fits' | 'answered';

/** What one session has lived through: the states of scenarios, what was counted, and how often each rule answered. */
export class World {
  readonly #states = new Map<string, string>();
  /** By scenario; as many as there are rules. */
  readonly #counts = new Map<string, Map<string, number>>();
  /** Their names are made by templates, of what clients send: bounded, and apart from what rules depend on. */
  readonly #counters = new Map<string, number>();

  /** The state that a scenario is in; `undefined` where it has not left its first. */
  stateOf(scenario: string): string | undefined {
    return this.#states.get(scenario);
  }

  enter(scenario: string, state: string): void {
    this.#states.set(scenario, state);
  }

  /** Counts that a rule fits or answers, and gives what that has come to. */
  raise({ id, scenario }: Counted, occasion: Occasion): number {
    const counts = this.#counts.get(scenario) ?? new Map<string, number>();
    this.#counts.set(scenario, counts);
    const key = `${id} ${occasion}`;
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  }

  count({ id, scenario }: Counted, occasion: Occasion): number {
    return this.#counts.get(scenario)?.get(`${id} ${occasion}`) ?? 0;
  }

  /** Raises a counter and gives what it has come to: always 1 where it is one too many, or its name too long to keep. */
  raiseCounter(name: string): number {
    const next = (this.#counters.get(name) ?? 0) + 1;
    if (next > 1 || (this.#counters.size < mostCounters && name.length <= longestName))
      this.#counters.set(name, next);
    return next;
  }

  /** Forgets a scenario: its state and all counts of its rules. */
  forget(scenario: string): void {
    this.#states.delete(scenario);
    this.#counts.delete(scenario);
  }

  /** Forgets what was counted of one rule. */
  forgetRule({ id, scenario }: Counted): void {
    const counts = this.#counts.get(scenario);
    counts?.delete(`${id} fits`);
    counts?.delete(`${id} answered`);
  }
}

const mostCounters = 10_000;
const longestName = 1000;

/** As many as the state keeps, and for as long (in milliseconds): sessions are one thing to their users. */
const mostSessions = 200;
const sessionLife = 30 * 60 * 1000;

/** The worlds by session. One that nobody has used for half an hour is forgotten, and so is the oldest of too many; the shared one never. */
export class Worlds {
  #shared = new World();
  /** In the order of their last use. */
  readonly #named = new Map<string, { readonly world: World; readonly usedAt: number }>();
  /** Milliseconds of a clock that never goes back. */
  readonly #now: () => number;

  constructor(now: () => number = stopwatch) {
    this.#now = now;
  }

  of(session: string): World {
    if (session === '') return this.#shared;
    const now = this.#now();
    this.#expire(now);
    const world = this.#named.get(session)?.world ?? new World();
    this.#named.delete(session);
    this.#named.set(session, { world, usedAt: now });
    const [oldest] = this.#named.keys();
    if (this.#named.size > mostSessions && oldest !== undefined) this.#named.delete(oldest);
    return world;
  }

  #expire(now: number): void {
    for (const [session, { usedAt }] of this.#named) {
      if (now - usedAt < sessionLife) return;
      this.#named.delete(session);
    }
  }

  /** Begins anew: one session, or all. */
  clear(session?: string): void {
    if (session === undefined || session === '') this.#shared = new World();
    if (session === undefined) this.#named.clear();
    else this.#named.delete(session);
  }

  forget(scenario: string): void {
    for (const world of this.#all()) world.forget(scenario);
  }

  forgetRule(rule: Counted): void {
    for (const world of this.#all()) world.forgetRule(rule);
  }

  #all(): readonly World[] {
    return [this.#shared, ...[...this.#named.values()].map(({ world }) => world)];
  }
}
