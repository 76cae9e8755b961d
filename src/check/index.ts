export { checkResponse } from './check-response.ts';
export { createKnownBodies, type KnownBodies } from './known-bodies.ts';
export {
  type PrismViolation,
  prismViolation,
  type ValidationEntry,
  validationEntry,
  violationsHeader,
} from './prism-violation.ts';
