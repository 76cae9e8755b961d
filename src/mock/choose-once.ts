import type { OperationPlan } from '../plan/index.ts';
import { type Choice, choose, noWish, type Question } from '../response/index.ts';

const mostChoices = 64;

/** Makes a `choose` that remembers: where nothing is wished, the choice depends on the operation and Accept alone. */
export function createChooseOnce(): (operation: OperationPlan, question: Question) => Choice {
  const choices = new WeakMap<OperationPlan, Map<string, Choice>>();
  return (operation, question) => {
    if (question.wish !== noWish) return choose(operation, question);
    const known = choices.get(operation) ?? new Map<string, Choice>();
    choices.set(operation, known);
    const key = question.accept ?? '';
    const choice = known.get(key) ?? choose(operation, question);
    if (known.size < mostChoices) known.set(key, choice);
    return choice;
  };
}
