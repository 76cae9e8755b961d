export { buildRequest, type RequestDestination, type RequestValues } from './build-request.ts';
export { type Credential, readCredential } from './credentials.ts';
export { credentialFinding, judgeSecurity } from './judge-security.ts';
export { readRequest } from './read-request.ts';
export type { BodyReading, ParameterValues, RequestReading } from './request-reading.ts';
export { type ExpressionScope, evaluateExpression, fillExpressions } from './runtime-expression.ts';
export { type SampleContext, sampleBody, sampleRequest, sampleValues } from './sample-request.ts';
