export { createPathIndex, type PathIndex } from './path-index.ts';
export type { FoundRoute, RouteMatch } from './route-match.ts';
