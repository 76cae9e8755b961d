import { compileSchema, deepEqual, type Schema, schemaFaults, type Validator } from '../../schema/index.ts';
import type { Spot } from '../source.ts';

/** What a value should have been, and was instead, in words. */
export interface Difference {
  readonly expected: string;
  readonly seen: string;
}

/** Judges one value; `undefined` where it is as expected. */
export type Expectation = (value: unknown) => Difference | undefined;

/** Compiles what stands beside a name or a path: a value, a JSON Schema, or `{ absent: true }`. Throws `ERR_SCENARIO` for a schema that is none. */
export function compileExpectation(expected: unknown, spot: Spot): Expectation {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return equalTo(expected);
  if ('absent' in expected && Object.keys(expected).length === 1) {
    const wanted = expected.absent === true;
    if (!wanted) throw spot.fault('"absent" can only be true', 'Leave the member out');
    return (value) => (value === undefined ? undefined : { expected: 'nothing', seen: preview(value) });
  }
  return satisfies(expected, spot);
}

/** Compiles a JSON Schema. Throws `ERR_SCENARIO` where it is none. */
export function satisfies(schema: unknown, spot: Spot): Expectation {
  const validator = compileHere(schema as Schema, spot);
  return (value) => {
    if (value === undefined) return { expected: 'a value', seen: 'nothing' };
    const violation = validator.validate(value).find((one) => one.severity === 'error');
    return violation === undefined ? undefined : { expected: violation.expected, seen: violation.seen };
  };
}

function compileHere(schema: Schema, spot: Spot): Validator {
  const [fault] = schemaFaults(schema);
  if (fault !== undefined) {
    const reason = fault.message.replace(/; it is ignored$/, '');
    throw spot.fault(`the JSON Schema is not right: ${reason}`, 'Correct the schema');
  }
  if (hasReference(schema))
    throw spot.fault('the JSON Schema has a $ref, which is not followed here', 'Write it out');
  return compileSchema(schema, { direction: 'response' });
}

function hasReference(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > 100) return false;
  return Object.hasOwn(value, '$ref') || Object.values(value).some((one) => hasReference(one, depth + 1));
}

/** Equal as data; a text that no schema turned into a number or boolean is compared as the text that it is. */
function equalTo(expected: unknown): Expectation {
  return (value) => {
    if (deepEqual(value, expected)) return undefined;
    const isText = typeof value === 'string' && typeof expected !== 'object' && value === String(expected);
    return isText ? undefined : { expected: preview(expected), seen: preview(value) };
  };
}

/** Expects that a value contains another: objects have its members, lists its items in order, everything else is equal. */
export function differenceInside(
  value: unknown,
  expected: unknown,
  place: string,
): (Difference & { readonly place: string }) | undefined {
  if (Array.isArray(expected)) return differenceInList(value, expected, place);
  if (typeof expected !== 'object' || expected === null)
    return deepEqual(value, expected)
      ? undefined
      : { place, expected: preview(expected), seen: preview(value) };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { place, expected: preview(expected), seen: preview(value) };
  for (const [key, inner] of Object.entries(expected)) {
    const member = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    const difference = differenceInside(member, inner, `${place}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function differenceInList(
  value: unknown,
  expected: readonly unknown[],
  place: string,
): ReturnType<typeof differenceInside> {
  if (!Array.isArray(value) || value.length !== expected.length)
    return { place, expected: preview(expected), seen: preview(value) };
  for (const [index, inner] of expected.entries()) {
    const difference = differenceInside(value[index], inner, `${place}[${index}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

const longest = 120;

/** A value as JSON, cut to a readable length. */
export function preview(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text =
    value instanceof Uint8Array ? `${value.length} bytes` : (JSON.stringify(value) ?? typeof value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
