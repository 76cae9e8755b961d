export { checkResponse } from './check-response.ts';
export { createKnownBodies, type KnownBodies } from './known-bodies.ts';
export { validationEntry, violationsHeader } from './prism-violation.ts';
