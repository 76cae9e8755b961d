import type { OperationPlan } from '../../plan/index.ts';
import { givenParameter, valuesFor } from './example-values.ts';
import { fitting } from './linked.ts';
import type { PathValues } from './read-thing.ts';
import type { Run } from './run.ts';

/** Whether the document lets a path's variable have a value. Some keys break what the path says of them: such a thing cannot be asked for. */
export function canName({ parameters }: OperationPlan, variable: string, value: unknown): boolean {
  const one = parameters.find(({ parameter }) => parameter.in === 'path' && parameter.name === variable);
  return one === undefined || fitting(value, one.validator) !== undefined;
}

/** The values of the variables that stand before one. */
export function valuesBefore(
  run: Run,
  { operation }: OperationPlan,
  variable: string,
  values: PathValues,
): PathValues {
  const names = run.paths.variables(operation.path);
  const earlier = names.slice(0, names.indexOf(variable));
  return Object.fromEntries(Object.entries(values).filter(([name]) => earlier.includes(name)));
}

/** What somebody gives for a path's variable. What is changed or removed is made by the run where it can be, unless it is given for that. */
export function givenVariable(
  run: Run,
  plan: OperationPlan,
  variable: string,
): { value: unknown } | undefined {
  const { exampleData: data } = run.options;
  const one = plan.parameters.find(({ parameter }) => parameter.in === 'path' && parameter.name === variable);
  if (one === undefined) return undefined;
  const isForThis = Object.hasOwn(valuesFor(data, plan).path ?? {}, variable);
  const isLast = run.paths.variables(plan.operation.path).at(-1) === variable;
  const isOwn = run.paths.of(plan.operation.path, variable)?.create !== undefined;
  if (!isForThis && isLast && isOwn && !isReading(plan)) return undefined;
  return givenParameter(data, plan, one);
}

/** Whether an operation leaves the thing that it names as it is. */
export function isReading(plan: OperationPlan): boolean {
  return plan.operation.method === 'GET' || plan.operation.method === 'HEAD';
}
