import type { MediaTypePlan, OperationPlan } from './operation-plan.ts';

/** The media type of an operation's success that says most: JSON, else the first. */
export function successMedia(plan: OperationPlan): MediaTypePlan | undefined {
  const success = plan.responses
    .filter(({ status, mediaTypes }) => /^(?:2|default)/.test(status) && mediaTypes.length > 0)
    .sort((left, right) => (left.status < right.status ? -1 : 1))[0];
  return success?.mediaTypes.find(({ mediaType }) => /json/i.test(mediaType)) ?? success?.mediaTypes[0];
}
