import type { Random } from '../core/index.ts';
import { deepEqual } from '../schema/index.ts';
import {
  type CompiledFault,
  type CompiledReply,
  type CompiledRule,
  type CompiledScenario,
  type Condition,
  compileRule,
  compileScenario,
  usualState,
} from './compile-scenario.ts';
import { fits, type NearMiss, nearMiss, replyAt, stateOf } from './condition.ts';
import type { RuleDefinition, ScenarioDefinition } from './definition.ts';
import { bothFates, type Fate } from './fault/effect.ts';
import { findOperations, type NamedOperation } from './find-operations.ts';
import type { Facts } from './match/facts.ts';
import { type ScenarioSource, Spot } from './source.ts';
import type { TemplateScope } from './template/scope.ts';
import { type World, Worlds } from './world.ts';

/** A scenario with where it was written. */
export interface NamedScenario {
  readonly name: string;
  readonly definition: ScenarioDefinition;
  readonly source: ScenarioSource;
}

/** What is to be done about one request. */
export interface Decision {
  /** The answer of a rule. */
  readonly taken?: {
    readonly rule: CompiledRule;
    readonly reply: CompiledReply;
    readonly scope: TemplateScope;
  };
  readonly fate?: Fate;
  /** Where rules stand for the operation and none of them fits. */
  readonly near?: readonly NearMiss[];
}

/** What a stage is made with. */
export interface StageOptions {
  readonly operations: readonly NamedOperation[];
  /** All chance is drawn from forks of it. */
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly locale: string | undefined;
  /** Says what is wrong with an answer that can be judged before any request; `undefined` where nothing is. */
  judge(rule: CompiledRule, reply: CompiledReply): string | undefined;
}

/** A rule that code has set. */
export interface CodeRule {
  /** Sets the rule anew; what it has counted is kept. */
  set(definition: RuleDefinition): void;
  remove(): void;
}

/** One scenario as it stands in a session. */
export interface ScenarioStatus {
  readonly name: string;
  readonly definition: ScenarioDefinition;
  readonly state: string;
}

/** Rules of code belong to no scenario; no scenario has an empty name. */
const codeName = '';
const mostScenarios = 1000;

/** The scenarios of a mock, compiled against its document, and the worlds of its sessions. */
export class Stage {
  #options: StageOptions;
  readonly #named = new Map<string, { readonly scenario: NamedScenario; compiled: CompiledScenario }>();
  readonly #code = new Map<
    CodeRule,
    { number: number; definition: RuleDefinition; compiled: CompiledRule }
  >();
  readonly #worlds = new Worlds();
  readonly #touching = new Map<
    string,
    { rules: readonly CompiledRule[]; faults: readonly CompiledFault[] }
  >();
  #lastCode = 0;

  constructor(options: StageOptions) {
    this.#options = options;
  }

  /** Puts a scenario in the place of the one with its name. Throws `ERR_SCENARIO` and leaves all as it was. */
  put(scenario: NamedScenario): void {
    if (!this.#named.has(scenario.name) && this.#named.size >= mostScenarios)
      throw new Spot(scenario.source).fault(`there are ${mostScenarios} scenarios already`, 'Take one away');
    const compiled = this.#compile(scenario, this.#options);
    this.#named.set(scenario.name, { scenario, compiled });
    this.#worlds.forget(scenario.name);
    this.#touching.clear();
  }

  /** Takes a scenario away; whether there was one. */
  remove(name: string): boolean {
    const removed = this.#named.delete(name);
    this.#worlds.forget(name);
    this.#touching.clear();
    return removed;
  }

  /** Begins a rule of code; it answers once it is set, before all others. Throws `ERR_SCENARIO` for an operation that is not there. */
  begin(operation: string): CodeRule {
    findOperations(operation, this.#options.operations, codeSpot(operation));
    this.#lastCode += 1;
    const number = this.#lastCode;
    const rule: CodeRule = {
      set: (definition) => {
        const compiled = this.#compileCode(number, definition, this.#options);
        this.#code.set(rule, { number, definition, compiled });
        this.#touching.clear();
      },
      remove: () => {
        const set = this.#code.get(rule);
        if (set !== undefined) this.#worlds.forgetRule(set.compiled);
        this.#code.delete(rule);
        this.#touching.clear();
      },
    };
    return rule;
  }

  /**
   * Takes up another document, seed or scenarios; those that have changed begin anew.
   * Throws where one does not fit the document, and leaves all as it was.
   */
  move(options: StageOptions, scenarios: readonly NamedScenario[] = this.scenarios()): void {
    const named = scenarios.map((scenario) => ({ scenario, compiled: this.#compile(scenario, options) }));
    const code = [...this.#code].map(([rule, { number, definition }]) => ({
      rule,
      number,
      definition,
      compiled: this.#compileCode(number, definition, options),
    }));
    this.#options = options;
    for (const { scenario } of named) {
      const before = this.#named.get(scenario.name)?.scenario.definition;
      if (!deepEqual(before, scenario.definition)) this.#worlds.forget(scenario.name);
    }
    this.#named.clear();
    for (const one of named) this.#named.set(one.scenario.name, one);
    for (const { rule, ...one } of code) this.#code.set(rule, one);
    this.#touching.clear();
  }

  /** Every scenario that has a name, in order. */
  scenarios(): readonly NamedScenario[] {
    return [...this.#named.values()].map(({ scenario }) => scenario);
  }

  /** A scenario as it stands in a session. */
  status(name: string, session: string): ScenarioStatus | undefined {
    const found = this.#named.get(name);
    if (found === undefined) return undefined;
    const { definition } = found.scenario;
    const state = this.#worlds.of(session).stateOf(name) ?? definition.state ?? usualState;
    return { name, definition, state };
  }

  /** Brings a scenario into a state. */
  enter(name: string, state: string, session: string): void {
    this.#worlds.of(session).enter(name, state);
  }

  /** Begins anew: states and counts of one session or all; with all, the rules of code go too. */
  reset(session?: string): void {
    this.#worlds.clear(session);
    if (session !== undefined) return;
    this.#code.clear();
    this.#lastCode = 0;
    this.#touching.clear();
  }

  /** Whether anything stands here that may touch a request. */
  get isEmpty(): boolean {
    return this.#named.size === 0 && this.#code.size === 0;
  }

  /** Whether a rule or a fault stands for the operation. */
  touches(operation: string): boolean {
    const { rules, faults } = this.#touchingOf(operation);
    return rules.length > 0 || faults.length > 0;
  }

  /** Decides about a request, and counts it. One that is refused meets faults and no rules. */
  decide(
    operation: string,
    facts: Facts,
    { session, isRefused }: { readonly session: string; readonly isRefused: boolean },
  ): Decision {
    const { rules, faults } = this.#touchingOf(operation);
    const world = this.#worlds.of(session);
    // A fault is looked for in the state that the request found, not in the one that its answer leads to.
    const fate = this.#fateOf(faults, facts, world);
    const kept = fate === undefined ? {} : { fate };
    // What a fault refuses has not happened: no rule counts it.
    if (isRefused || rules.length === 0 || fate?.refusal !== undefined) return kept;
    for (const rule of rules) {
      if (!fits(rule, facts, world)) continue;
      const reply = replyAt(rule, world.count(rule, 'answered'));
      if (reply === undefined) continue;
      return { ...kept, taken: { rule, reply, scope: this.#answer(rule, reply, { facts, world, session }) } };
    }
    return { ...kept, near: rules.map((rule) => nearMiss(rule, facts, world)) };
  }

  #answer(
    rule: CompiledRule,
    reply: CompiledReply,
    { facts, world, session }: { facts: Facts; world: World; session: string },
  ): TemplateScope {
    const { random, now, locale } = this.#options;
    const count = world.raise(rule, 'answered');
    const state = stateOf(rule, world);
    if (reply.goto !== undefined) world.enter(rule.scenario, reply.goto);
    return {
      facts,
      state,
      count,
      session,
      random: random.fork(rule.id).fork(count),
      now,
      locale,
      counter: (name) => world.raiseCounter(name),
    };
  }

  /** The n-th request that fits a fault meets the same fate under the same seed. */
  #fateOf(faults: readonly CompiledFault[], facts: Facts, world: World): Fate | undefined {
    let fate: Fate | undefined;
    for (const fault of faults) {
      if (!fits(fault, facts, world)) continue;
      const random = this.#options.random.fork(fault.id).fork(world.count(fault, 'fits'));
      if (random.chance(fault.share)) fate = bothFates(fate, fault.effect(random));
    }
    return fate;
  }

  #touchingOf(operation: string): { rules: readonly CompiledRule[]; faults: readonly CompiledFault[] } {
    const known = this.#touching.get(operation);
    if (known !== undefined) return known;
    const concerns = ({ operations }: Condition): boolean => operations.has(operation);
    const code = [...this.#code.values()].map(({ compiled }) => compiled).reverse();
    const named = [...this.#named.values()].map(({ compiled }) => compiled);
    const found = {
      rules: [...code, ...named.flatMap(({ rules }) => rules)].filter(concerns),
      faults: named.flatMap(({ faults }) => faults).filter(concerns),
    };
    this.#touching.set(operation, found);
    return found;
  }

  #compile({ name, definition, source }: NamedScenario, options: StageOptions): CompiledScenario {
    const { operations } = options;
    const compiled = compileScenario(definition, { name, spot: new Spot(source), operations });
    for (const rule of compiled.rules) judgeReplies(rule, options);
    return compiled;
  }

  #compileCode(number: number, definition: RuleDefinition, options: StageOptions): CompiledRule {
    const { operations } = options;
    const rule = compileRule(definition, String(number), {
      name: codeName,
      spot: codeSpot(String(definition.on)),
      operations,
      literal: true,
      firstState: usualState,
    });
    judgeReplies(rule, options);
    return { ...rule, label: `mock.on('${String(definition.on)}')` };
  }
}

function codeSpot(operation: string): Spot {
  return new Spot({ label: `mock.on('${operation}')` });
}

function judgeReplies(rule: CompiledRule, { judge }: StageOptions): void {
  for (const reply of rule.replies) {
    if (!reply.isFixed || reply.breaks) continue;
    const fault = judge(rule, reply);
    if (fault !== undefined)
      throw reply.spot.fault(
        `the answer breaks the document: ${fault.replace(/\.$/, '')}`,
        'Correct it, or say breaks: true where that is meant',
      );
  }
}
