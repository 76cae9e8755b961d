import type { Finding } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { HttpResponse } from '../http/index.ts';
import type { ApiPlan, OperationPlan } from '../plan/index.ts';
import type { ProduceContext, Producer, Question } from '../response/index.ts';
import type { Call } from './call.ts';
import type { Play } from './play.ts';

/** What an engine has before openapi-backend stands in front of it. */
export interface EngineParts {
  readonly document: ApiDocument;
  readonly plan: ApiPlan;
  readonly producer: Producer;
  /** Structural faults, and those that showed on an operation's first use. */
  readonly faults: readonly Finding[];
  /** The answer that the mock makes itself, by the call's wish. */
  generate(call: Call): HttpResponse;
  /** Plays the scenarios; absent where there are none. */
  play?: Play | undefined;
  contextOf(call: Call, plan: OperationPlan): ProduceContext;
  questionOf(call: Call): Question;
}
