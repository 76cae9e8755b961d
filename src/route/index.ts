export type { UnroutableOperation } from './grow.ts';
export { createPathIndex, type PathIndex, type PathIndexOptions } from './path-index.ts';
export type {
  FoundRoute,
  MethodNotAllowedRoute,
  NearestPath,
  NotFoundRoute,
  OptionsRoute,
  RawPathParameters,
  RouteMatch,
} from './route-match.ts';
