import type { NameKind } from './draw.ts';
import { files, network } from './kinds-network.ts';
import { people } from './kinds-people.ts';
import { texts } from './kinds-texts.ts';
import { keys, numbers } from './kinds-things.ts';
import { geography, money } from './kinds-world.ts';

/** Every kind that the table of names speaks of. */
export const nameKinds: Readonly<Record<string, NameKind>> = {
  ...people,
  ...texts,
  ...network,
  ...files,
  ...geography,
  ...money,
  ...keys,
  ...numbers,
};
