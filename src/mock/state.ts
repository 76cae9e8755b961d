import { ApidoubleError, createRandom } from '../core/index.ts';
import {
  createKeeper,
  createKinds,
  createStartingData,
  createWorlds,
  describeKinds,
  isWorldSnapshot,
  type Keeper,
  type Kinds,
  readFixtureFiles,
  type StartingData,
  thingsOfFixtures,
} from '../state/index.ts';
import { examplesOf } from './document-examples.ts';
import type { EngineParts } from './engine-parts.ts';
import type { MockOptions, MockState } from './mock.ts';
import type { Settings } from './settings.ts';

/** What a mock with state has beside its engine. The things outlive a reload of the document, what is made of it does not. */
export interface State {
  /** Makes the keeper of an engine's document, the one whose things are shown from now on. */
  keeperFor(engine: EngineParts): Keeper;
  readonly face: MockState;
}

/** What is known of the document that is served. */
interface Served {
  readonly kinds: Kinds;
  readonly startingData: StartingData;
}

/** The state of a mock: the worlds of its sessions, all empty at first. */
export async function createState(
  settings: Settings,
  { seedData, fixtures, cwd }: MockOptions,
): Promise<State> {
  const { clock } = settings;
  const worlds = createWorlds(clock);
  const paths = typeof fixtures === 'string' ? [fixtures] : (fixtures ?? []);
  const files = await readFixtureFiles(paths, cwd ?? '.');
  let served: Served | undefined;

  function begun(session: string): ReturnType<typeof worlds.of> {
    const world = worlds.of(session);
    for (const resource of served?.kinds.resources ?? []) {
      const kind = resource.parents.length === 0 ? served?.kinds.kindOf(resource) : undefined;
      if (kind !== undefined) served?.startingData.begin(world, kind, []);
    }
    return world;
  }

  return {
    keeperFor({ document, plan }) {
      const { fillProperties, locale, now } = settings;
      const kinds = createKinds(document, plan, {
        fillProperties,
        ...(locale === undefined ? {} : { locale }),
      });
      const random = createRandom(settings.seed).fork('state');
      const given = thingsOfFixtures(files, kinds, { random, now });
      const startingData = createStartingData(kinds, {
        ...(seedData === undefined ? {} : { count: seedData }),
        given: (kind) => given.get(kind.resource.name) ?? examplesOf(kind, plan, settings),
        random,
        now,
      });
      served = { kinds, startingData };
      return createKeeper({ kinds, worlds, clock, random, startingData });
    },
    face: {
      get resources() {
        return served === undefined ? [] : describeKinds(served.kinds);
      },
      get sessions() {
        return worlds.sessions;
      },
      reset: (session) => worlds.reset(session),
      snapshot: (session = '') => begun(session).snapshot(),
      restore(snapshot, session = '') {
        if (!isWorldSnapshot(snapshot)) {
          throw new ApidoubleError(
            'ERR_OPTION',
            'Cannot restore the snapshot: it is none. Give one that snapshot() returned, or its JSON.',
          );
        }
        worlds.restore(snapshot, session);
      },
    },
  };
}
