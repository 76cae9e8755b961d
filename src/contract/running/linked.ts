import type { OperationPlan } from '../../plan/index.ts';
import type { Validator } from '../../schema/index.ts';

/** What the document's links bring to an operation, beside the variables of its path. */
export interface Linked {
  /** By place and name: `query.page`. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly body?: { readonly value: unknown };
}

/** The values that links bring, each link followed once. */
export interface LinkedValues {
  of(plan: OperationPlan): Promise<Linked>;
  /** The server was put back to where it was. */
  forget(): void;
}

/** A linked value where it is valid: a header, and a query, may bring a number as a text. */
export function fitting(value: unknown, validator: Validator): { readonly value: unknown } | undefined {
  const readings = typeof value === 'string' && value.trim() !== '' ? [value, Number(value)] : [value];
  const reading = readings.find((one) => one !== undefined && validator.isValid(one));
  return reading === undefined ? undefined : { value: reading };
}
