export { buildRequest, type RequestDestination, type RequestValues } from './build-request.ts';
export { readCredential } from './credentials.ts';
export { credentialFinding, judgeSecurity } from './judge-security.ts';
export { readRequest } from './read-request.ts';
export type { ParameterValues, RequestReading } from './request-reading.ts';
export { type ExpressionScope, evaluateExpression, fillExpressions } from './runtime-expression.ts';
export { sampleBody, sampleRequest } from './sample-request.ts';
