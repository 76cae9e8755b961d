import type {
  CountDefinition,
  FaultDefinition,
  ReplyDefinition,
  RuleDefinition,
  ScenarioDefinition,
} from './definition.ts';
import { compileEffect, type Effect, shareOf } from './fault/effect.ts';
import { compileLatency, type Draw } from './fault/latency.ts';
import { findOperations, type NamedOperation } from './find-operations.ts';
import { compileMatcher, type Matcher } from './match/matcher.ts';
import { compilePatch, type Patch } from './patch.ts';
import type { Spot } from './source.ts';
import { compileTemplate, fixed, type Template } from './template/template.ts';

/** The condition of a rule or a fault, compiled. */
export interface Condition {
  /** Unique in the mock; counts are kept under it. */
  readonly id: string;
  /** As a person knows it: `payment rule 2`, `payment "declined"`. */
  readonly label: string;
  readonly scenario: string;
  readonly firstState: string;
  readonly operations: ReadonlySet<string>;
  readonly matcher: Matcher;
  readonly states: readonly string[] | undefined;
  readonly count: CountDefinition | undefined;
}

/** A rule, compiled. */
export interface CompiledRule extends Condition {
  readonly replies: readonly CompiledReply[];
}

/** A fault, compiled. */
export interface CompiledFault extends Condition {
  readonly share: number;
  readonly effect: Effect;
}

/** An answer, compiled. */
export interface CompiledReply {
  readonly spot: Spot;
  readonly status: number | undefined;
  readonly example: string | undefined;
  readonly body: Template | undefined;
  readonly patch: Patch | undefined;
  readonly headers: readonly (readonly [name: string, value: Template | undefined])[];
  readonly delay: Draw | undefined;
  readonly times: number;
  readonly goto: string | undefined;
  readonly effect: Effect | undefined;
  readonly breaks: boolean;
  /** It is the answer that would have been given anyway, changed or not. */
  readonly isPassthrough: boolean;
  /** It can be judged before any request comes: nothing in it depends on one. */
  readonly isFixed: boolean;
}

/** A scenario, compiled against the operations of a document. */
export interface CompiledScenario {
  readonly name: string;
  readonly rules: readonly CompiledRule[];
  readonly faults: readonly CompiledFault[];
}

/** What a scenario is compiled for. */
export interface CompileContext {
  readonly name: string;
  readonly spot: Spot;
  readonly operations: readonly NamedOperation[];
  /** Code has code to make values with: its texts are taken as they stand. */
  readonly literal?: boolean;
}

/** The state that sessions begin in where a scenario names none. */
export const usualState = 'start';

/** Compiles a scenario. Throws `ERR_SCENARIO`, with the place, for what makes no sense against the document. */
export function compileScenario(definition: ScenarioDefinition, context: CompileContext): CompiledScenario {
  const { name, spot } = context;
  const around = { ...context, firstState: definition.state ?? usualState };
  return {
    name,
    rules: (definition.rules ?? []).map((rule, index) =>
      compileRule(rule, `rule ${index + 1}`, { ...around, spot: spot.down('rules', index) }),
    ),
    faults: (definition.faults ?? []).map((fault, index) =>
      compileFault(fault, `fault ${index + 1}`, { ...around, spot: spot.down('faults', index) }),
    ),
  };
}

interface Around extends CompileContext {
  readonly firstState: string;
}

/** Compiles one rule. */
export function compileRule(rule: RuleDefinition, which: string, around: Around): CompiledRule {
  const { spot, literal = false } = around;
  const replies = Array.isArray(rule.reply)
    ? rule.reply.map((reply: ReplyDefinition, index, all) =>
        compileReply(reply, spot.down('reply', index), { literal, isLast: index === all.length - 1 }),
      )
    : [compileReply(rule.reply as ReplyDefinition, spot.down('reply'), { literal, isLast: true })];
  return { ...conditionOf({ ...rule, which }, around), replies };
}

function compileFault(fault: FaultDefinition, which: string, around: Around): CompiledFault {
  const { latency, status, cut, slow, wrong } = fault;
  if ([latency, status, cut, slow, wrong].every((one) => one === undefined))
    throw around.spot.fault('the fault does nothing', 'Give it a latency, status, cut, slow or wrong');
  return {
    ...conditionOf({ ...fault, on: fault.on ?? '*', which }, around),
    share: shareOf(fault.rate),
    effect: compileEffect(fault, around.spot),
  };
}

interface Conditional extends Pick<RuleDefinition, 'on' | 'when' | 'name'> {
  readonly which: string;
}

function conditionOf({ on, when, name, which }: Conditional, around: Around): Condition {
  const { spot, operations, firstState } = around;
  const { state, count } = when ?? {};
  return {
    id: `${around.name}#${which}`,
    label: `${around.name}, ${name === undefined ? which : `"${name}"`}`,
    scenario: around.name,
    firstState,
    operations: findOperations(on, operations, spot.down('on')),
    matcher: compileMatcher(when, spot.down('when')),
    states: typeof state === 'string' ? [state] : state,
    count: typeof count === 'number' ? { from: count, to: count } : count,
  };
}

function compileReply(
  reply: ReplyDefinition,
  spot: Spot,
  { literal, isLast }: { literal: boolean; isLast: boolean },
): CompiledReply {
  const template = (value: unknown, at: Spot): Template =>
    literal ? fixed(value) : compileTemplate(value, at);
  const body = 'body' in reply ? template(reply.body, spot.down('body')) : undefined;
  const headers = Object.entries(reply.headers ?? {}).map(
    ([name, value]) =>
      [name, value === null ? undefined : template(value, spot.down('headers', name))] as const,
  );
  const isPassthrough = reply.status === undefined && reply.example === undefined && body === undefined;
  refuseContradictions(reply, isPassthrough, spot);
  return {
    spot,
    status: reply.status,
    example: reply.example,
    body,
    patch: reply.patch === undefined ? undefined : compilePatch(reply.patch, spot.down('patch'), literal),
    headers,
    delay: reply.delay === undefined ? undefined : compileLatency(reply.delay, spot.down('delay')),
    times: reply.times ?? (isLast ? Number.POSITIVE_INFINITY : 1),
    goto: reply.goto,
    effect: reply.fault === undefined ? undefined : compileEffect(reply.fault, spot.down('fault')),
    breaks: reply.breaks ?? false,
    isPassthrough,
    isFixed:
      !isPassthrough &&
      reply.patch === undefined &&
      body?.isFixed !== false &&
      headers.every(([, value]) => value?.isFixed !== false),
  };
}

function refuseContradictions(reply: ReplyDefinition, isPassthrough: boolean, spot: Spot): void {
  if (reply.passthrough === true && !isPassthrough)
    throw spot.fault(
      '"passthrough" stands beside a status, an example or a body',
      'Leave one of them out; patch, headers and delay may stand beside it',
    );
  if (reply.example !== undefined && 'body' in reply)
    throw spot.fault('an example and a body stand side by side', 'Leave one of them out');
}
