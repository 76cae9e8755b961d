export { answeredList, answeredThing, showsOne } from './answered.ts';
export { type Correction, correctionOf } from './correction.ts';
export { correctionSchema } from './correction-schema.ts';
export { type Effect, effectsOf } from './effects.ts';
export { inferParts, type KeptPart, type PartIndex, type PartRole } from './infer-parts.ts';
export {
  idPropertyIn,
  idPropertyOf,
  inferResources,
  nounOf,
  plainPath,
  type Resource,
  type ResourceIndex,
  type ResourcePart,
  type ResourceRole,
} from './infer-resources.ts';
export {
  type FilterOperator,
  type ListFilter,
  type ListParameters,
  listParametersOf,
  listRoleOf,
} from './list-parameters.ts';
export {
  type EnvelopeMember,
  type EnvelopeRole,
  knownListOf,
  type ListShape,
  listShapeOf,
} from './list-shape.ts';
export { type PageWindow, readCursor, windowAt, windowOf, writeCursor } from './page-window.ts';
export { type Paging, pagingOf } from './paging.ts';
export { ancestorsOf, heldBy, type PathMember, type PathMembers } from './path-members.ts';
export { allowsType, itemsOf, plainName, propertiesOf, requiredOf } from './properties.ts';
export { allPropertiesOf, findProperty, type PropertyPath, readProperty } from './property-path.ts';
export { type ThingPlace, thingPlaceOf } from './thing-place.ts';
