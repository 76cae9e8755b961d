export type { Thing } from './collection.ts';
export { describeKinds, type KeptResource } from './describe-kinds.ts';
export { createKeeper, type Keeper } from './keeper.ts';
export type { Kind, MakerSettings } from './kind.ts';
export { createKinds, type Kinds } from './kinds.ts';
export type { Asked, Outcome } from './outcome.ts';
export { createStartingData, type StartingData, type StartingSettings } from './starting-data.ts';
export { isWorldSnapshot, type WorldSnapshot } from './world.ts';
export { createWorlds, type Worlds } from './worlds.ts';
