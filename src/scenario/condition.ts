import type { CompiledReply, CompiledRule, Condition } from './compile-scenario.ts';
import type { CountDefinition } from './definition.ts';
import type { Facts } from './match/facts.ts';
import type { Miss } from './match/matcher.ts';
import type { World } from './world.ts';

/** A rule that did not fit, and why. */
export interface NearMiss {
  /** The scenario and the rule. */
  readonly rule: string;
  readonly misses: readonly Miss[];
}

/** The state that the scenario of a rule or fault is in. */
export function stateOf({ scenario, firstState }: Condition, world: World): string {
  return world.stateOf(scenario) ?? firstState;
}

/** Whether a request meets the condition. It is counted where it does but for `count`. */
export function fits(condition: Condition, facts: Facts, world: World): boolean {
  const { states, matcher, count } = condition;
  if (states !== undefined && !states.includes(stateOf(condition, world))) return false;
  if (!matcher.matches(facts)) return false;
  const nth = world.raise(condition, 'fits');
  return count === undefined || isCounted(nth, count);
}

function isCounted(nth: number, { from = 1, to, every }: CountDefinition): boolean {
  if (nth < from || (to !== undefined && nth > to)) return false;
  return every === undefined || (nth - from + 1) % every === 0;
}

/** The reply of a sequence for the next request; `undefined` where all of them are used up. */
export function replyAt({ replies }: CompiledRule, answered: number): CompiledReply | undefined {
  let before = 0;
  for (const reply of replies) {
    before += reply.times;
    if (answered < before) return reply;
  }
  return undefined;
}

/** All that keeps a rule from answering a request. */
export function nearMiss(rule: CompiledRule, facts: Facts, world: World): NearMiss {
  const misses = [...rule.matcher.misses(facts)];
  const state = stateOf(rule, world);
  if (rule.states !== undefined && !rule.states.includes(state))
    misses.push({ place: 'state', expected: rule.states.join(' or '), seen: state });
  if (misses.length === 0) misses.push(countMiss(rule, world));
  return { rule: rule.label, misses };
}

function countMiss(rule: CompiledRule, world: World): Miss {
  const nth = world.count(rule, 'fits');
  const answered = world.count(rule, 'answered');
  if (replyAt(rule, answered) === undefined)
    return { place: 'times', expected: `at most ${answered} answers`, seen: `request ${nth} that fits` };
  return { place: 'count', expected: JSON.stringify(rule.count), seen: String(nth) };
}
