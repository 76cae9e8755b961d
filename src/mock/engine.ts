import type { ApiDocument } from '../document/index.ts';
import { compilePlan, inferResources } from '../plan/index.ts';
import { createProducer } from '../response/index.ts';
import { createPathIndex, type PathIndex } from '../route/index.ts';
import { type Backend, createBackend } from './backend.ts';
import { planOf } from './call.ts';
import { createChooseOnce } from './choose-once.ts';
import type { EngineParts } from './engine-parts.ts';
import { produceContext, surroundingsOf } from './produce-context.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';
import { createStateTurn } from './state-turn.ts';
import { answerWith, createTurns } from './turns.ts';

/** Everything that one document brings: a reload makes a new one. */
export interface Engine extends EngineParts {
  readonly backend: Backend;
  readonly index: PathIndex;
}

/** Builds the engine of a document; nothing of an operation is compiled before its first call. */
export function createEngine(document: ApiDocument, settings: Settings, state?: State): Engine {
  const { fillProperties, locale, source, ignoreExamples, now } = settings;
  const surroundings = surroundingsOf(settings.seed, inferResources(document), now);
  const chooseOnce = createChooseOnce();
  const parts: EngineParts = {
    document,
    plan: compilePlan(document),
    producer: createProducer({ fillProperties, ...(locale === undefined ? {} : { locale }) }),
    faults: document.faults,
    generate: (call) => answerWith(parts, call, chooseOnce(planOf(call, parts.plan), parts.questionOf(call))),
    contextOf: (call, operation) => produceContext(call, operation, surroundings),
    questionOf: ({ request, wish }) => ({
      accept: request.headers.get('accept'),
      wish,
      source,
      ignoreExamples,
    }),
  };
  const kept = state === undefined ? undefined : createStateTurn(parts, state.keeperFor(parts));
  const turns = createTurns(parts, settings, kept);
  const index = createPathIndex(document.operations);
  const backend = createBackend(parts.plan, index, { turns, validate: settings.validateRequest });
  // The very object that the turns look at: scenarios can be put on stage later.
  return Object.assign(parts, { backend, index });
}
