import type { ApiDocument } from '../document/index.ts';
import { type CallbackSender, createCallbackSender } from './callbacks.ts';
import { createEngine, type Engine } from './engine.ts';
import { createJournal, type Journal } from './journal.ts';
import type { MockHandler, MockOptions } from './mock.ts';
import { wrapHandler } from './respond.ts';
import { readServed } from './served-document.ts';
import { type Settings, settingsOf, wantsState } from './settings.ts';
import { createStaging, readScenarios, type Staging } from './staging.ts';
import type { State } from './state.ts';
import { unknownOperation } from './unknown-operation.ts';

/** What stands behind a mock: the engine of the document that is served now, and all that outlives it. */
export interface House {
  /** Another one after each reload and each new seed. */
  readonly engine: Engine;
  readonly settings: Settings;
  readonly journal: Journal;
  readonly callbacks: CallbackSender;
  readonly staging: Staging;
  /** Absent where nothing is kept. */
  readonly state: State | undefined;
  /** The key of an operation that is named by its key or operationId. Throws `ERR_OPERATION_UNKNOWN`, saying what was not possible. */
  keyOf(operation: string, purpose: string): string;
  /** Sets a handler before every other answer of an operation. Throws `ERR_OPERATION_UNKNOWN`. */
  register(operation: string, handler: MockHandler): void;
  /** Draws all that is made up from another seed. */
  setSeed(seed: string): void;
  /** Serves another document, or the same read again. On failure everything stays as it was. */
  reload(document?: MockOptions['document']): Promise<void>;
}

/** Reads everything else that the options name and puts it together. Throws as `createMock` does. */
export async function openHouse(served: ApiDocument, options: MockOptions): Promise<House> {
  const settings = settingsOf(options);
  const state = wantsState(options) ? await openState(settings, options) : undefined;
  const handlers = new Map<string, MockHandler>();
  let source = options.document;
  let engine = createEngine(served, settings, state);
  const staging = createStaging(engine, settings, await readScenarios(options));

  function keyOf(name: string, purpose: string): string {
    const operation = engine.plan.find(name);
    if (operation === undefined) throw unknownOperation(purpose, name, engine.document);
    return operation.key;
  }

  function register(name: string, handler: MockHandler): void {
    const key = keyOf(name, 'register a handler for');
    handlers.set(name, handler);
    engine.backend.register(
      key,
      wrapHandler(handler, () => engine),
    );
  }

  function replaceEngine(next: Engine): void {
    engine = next;
    for (const [name, handler] of handlers) if (engine.plan.find(name) !== undefined) register(name, handler);
  }

  for (const [name, handler] of Object.entries(options.handlers ?? {})) register(name, handler);
  return {
    get engine() {
      return engine;
    },
    settings,
    journal: createJournal(options.journal ?? 1000),
    callbacks: createCallbackSender({
      fetch: options.fetch ?? fetch,
      allowHosts: options.allowHosts ?? [],
      settings,
    }),
    staging,
    state,
    keyOf,
    register,
    setSeed(seed) {
      settings.seed = seed;
      const next = createEngine(engine.document, settings, state);
      staging.move(next);
      replaceEngine(next);
    },
    async reload(document = source) {
      const next = createEngine(await readServed(document, options), settings, state);
      staging.move(next, await readScenarios(options));
      source = document;
      replaceEngine(next);
    },
  };
}

async function openState(settings: Settings, options: MockOptions): Promise<State> {
  const { createState } = await import('./state.ts');
  return createState(settings, options);
}
