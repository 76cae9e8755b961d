import type { MediaTypePlan, OperationPlan } from '../../plan/index.ts';
import { mainMedia } from '../planning/plan-values.ts';

/** The media type that bodies are sent in. */
export function mediaPlanOf(plan: OperationPlan): MediaTypePlan | undefined {
  const main = mainMedia(plan.operation);
  return plan.body?.mediaTypes.find((one) => one.object === main);
}
