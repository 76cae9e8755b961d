export type { CompiledReply, CompiledRule } from './compile-scenario.ts';
export type { NearMiss } from './condition.ts';
export type {
  Expected,
  FaultDefinition,
  FaultEffect,
  LatencyDefinition,
  MatchDefinition,
  ReplyDefinition,
  ScenarioDefinition,
} from './definition.ts';
export { bothFates, type Fate } from './fault/effect.ts';
export { type LoadedScenarios, loadScenarios } from './load-scenarios.ts';
export type { Facts } from './match/facts.ts';
export { compileMatcher, type Miss } from './match/matcher.ts';
export { checkScenario, readFault } from './read-scenario.ts';
export { scenarioSchema, wholeScenarioSchema } from './scenario-schema.ts';
export { Spot } from './source.ts';
export { type Decision, type NamedScenario, type ScenarioStatus, Stage, type StageOptions } from './stage.ts';
