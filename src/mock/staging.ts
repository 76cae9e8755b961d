import { createRandom } from '../core/index.ts';
import {
  checkScenario,
  type LoadedScenarios,
  loadScenarios,
  type NamedScenario,
  Stage,
  type StageOptions,
} from '../scenario/index.ts';
import type { Engine } from './engine.ts';
import type { MockOptions, ScenarioControl } from './mock.ts';
import { createPlay } from './play.ts';
import { rehearse } from './rehearse.ts';
import type { Settings } from './settings.ts';

/** The scenarios of a mock: on stage, and in front of its engine as long as there are any. */
export interface Staging {
  readonly stage: Stage;
  readonly control: ScenarioControl;
  /** Lets the engine know whether there is anything to play. */
  refresh(): void;
  /** Puts the scenarios in front of another engine. Throws where one does not fit it, and leaves all as it was. */
  move(engine: Engine, loaded?: LoadedScenarios): void;
}

/** Reads the scenarios that the options name. Throws `ERR_SCENARIO`. */
export function readScenarios({
  scenarios = [],
  faults = [],
  cwd = '.',
}: MockOptions): Promise<LoadedScenarios> {
  const given = Array.isArray(scenarios) ? scenarios : [scenarios];
  const flags = faults.length === 0 ? [] : [{ name: 'faults', faults }];
  return loadScenarios([...given, ...flags], cwd);
}

/** Puts scenarios on stage in front of a first engine. Throws `ERR_SCENARIO` where one does not fit the document. */
export function createStaging(first: Engine, settings: Settings, loaded: LoadedScenarios): Staging {
  let engine = first;
  let current = loaded;
  const stage = new Stage(stageOptions(engine, settings));
  const refresh = (): void => {
    if (stage.isEmpty) engine.play = undefined;
    else engine.play ??= createPlay(engine, stage);
  };
  const move = (next: Engine, read: LoadedScenarios = current): void => {
    // What was put in place while the mock ran stays.
    const names = new Set([...current.scenarios, ...read.scenarios].map(({ name }) => name));
    const added: NamedScenario[] = stage.scenarios().filter(({ name }) => !names.has(name));
    stage.move(stageOptions(next, settings), [...read.scenarios, ...added]);
    engine = next;
    current = read;
    refresh();
  };
  move(engine, loaded);
  return { stage, refresh, move, control: controlOf(stage, { refresh, files: () => current.files }) };
}

function stageOptions(engine: Engine, { seed, now, locale }: Settings): StageOptions {
  const random = createRandom(seed).fork('scenario');
  return {
    operations: engine.document.operations,
    random,
    now,
    locale,
    judge: (rule, reply) => rehearse(engine, rule, { reply, random }),
  };
}

function controlOf(
  stage: Stage,
  { refresh, files }: { readonly refresh: () => void; readonly files: () => readonly string[] },
): ScenarioControl {
  return {
    get files() {
      return files();
    },
    list: (session = '') =>
      stage
        .scenarios()
        .map(({ name }) => stage.status(name, session))
        .filter((status) => status !== undefined),
    put(name, definition) {
      const source = { label: name };
      const data: unknown = structuredClone(definition);
      stage.put({ name, definition: checkScenario(data, source), source });
      refresh();
    },
    remove(name) {
      const removed = stage.remove(name);
      refresh();
      return removed;
    },
    enter(name, state, session = '') {
      if (stage.status(name, session) === undefined) return false;
      stage.enter(name, state, session);
      return true;
    },
  };
}
