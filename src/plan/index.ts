export { compilePlan } from './compile-plan.ts';
export { type DescribedPart, describeParts } from './describe-parts.ts';
export { type DescribedList, type DescribedResource, describeResources } from './describe-resources.ts';
export { lintDocument } from './lint/lint-document.ts';
export { judgeDecoded, mediaSchema } from './media-validator.ts';
export type {
  ApiPlan,
  BodyPlan,
  MediaTypePlan,
  OperationPlan,
  ParameterPlan,
  RequiredScheme,
  ResponsePlan,
} from './operation-plan.ts';
export * from './resources/index.ts';
export { successMedia } from './success-media.ts';
export { inSentence, violationFinding } from './violation-finding.ts';
