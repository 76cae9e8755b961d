import type { SchemaObject } from '../../schema/index.ts';
import { type Decimal, decimalOf, leastCommonMultiple, stepsDown, stepsUp } from './decimal.ts';

/** What all the schemas of one place together say about a number. */
export interface NumberFacts {
  readonly integer: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly exclusiveMinimum: boolean;
  readonly exclusiveMaximum: boolean;
  /** Values are whole multiples of it; absent where any fraction will do. */
  readonly step?: Decimal;
  readonly multiples: readonly number[];
  readonly notMultiples: readonly number[];
  /** Why no number satisfies them, where that is certain. */
  readonly impossible?: string;
}

interface Draft {
  minimum: number;
  maximum: number;
  exclusiveMinimum: boolean;
  exclusiveMaximum: boolean;
  multiples: number[];
}

const formatBounds: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-128, 127],
  int16: [-32_768, 32_767],
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [-(2 ** 63), 2 ** 63 - 1024],
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 4_294_967_295],
  uint64: [0, 2 ** 64 - 2048],
};

/** Gathers the number keywords of several schemas. `integer`: only whole numbers; `notMultiples`: from `not`. */
export function readNumberFacts(
  parts: readonly SchemaObject[],
  integer: boolean,
  notMultiples: readonly number[],
): NumberFacts {
  const draft: Draft = {
    minimum: -Infinity,
    maximum: Infinity,
    exclusiveMinimum: false,
    exclusiveMaximum: false,
    multiples: [],
  };
  let whole = integer;
  for (const part of parts) {
    readBounds(draft, part);
    if (part.multipleOf !== undefined && part.multipleOf > 0) draft.multiples.push(part.multipleOf);
    const bounds = part.format === undefined ? undefined : formatBounds[part.format];
    if (bounds === undefined) continue;
    whole = true;
    raise(draft, bounds[0], false);
    lower(draft, bounds[1], false);
  }
  const step = stepOf(draft.multiples, whole);
  const facts = { ...draft, integer: whole, notMultiples, ...(step === undefined ? {} : { step }) };
  const impossible = contradiction(facts);
  return impossible === undefined ? facts : { ...facts, impossible };
}

function readBounds(draft: Draft, part: SchemaObject): void {
  if (part.minimum !== undefined) raise(draft, part.minimum, false);
  if (part.exclusiveMinimum !== undefined) raise(draft, part.exclusiveMinimum, true);
  if (part.maximum !== undefined) lower(draft, part.maximum, false);
  if (part.exclusiveMaximum !== undefined) lower(draft, part.exclusiveMaximum, true);
}

function raise(draft: Draft, bound: number, exclusive: boolean): void {
  if (bound < draft.minimum || (bound === draft.minimum && !exclusive)) return;
  draft.minimum = bound;
  draft.exclusiveMinimum = exclusive;
}

function lower(draft: Draft, bound: number, exclusive: boolean): void {
  if (bound > draft.maximum || (bound === draft.maximum && !exclusive)) return;
  draft.maximum = bound;
  draft.exclusiveMaximum = exclusive;
}

function stepOf(multiples: readonly number[], integer: boolean): Decimal | undefined {
  const steps = multiples.map(decimalOf);
  if (integer) steps.push({ digits: 1n, scale: 0 });
  if (steps.length === 0) return undefined;
  return steps.reduce(leastCommonMultiple);
}

/** The first and last number of steps that lie inside the bounds; infinite bounds give `undefined`. */
export function stepRange(
  facts: NumberFacts,
  step: Decimal,
): { first: bigint | undefined; last: bigint | undefined } {
  let first = Number.isFinite(facts.minimum) ? stepsUp(facts.minimum, step) : undefined;
  let last = Number.isFinite(facts.maximum) ? stepsDown(facts.maximum, step) : undefined;
  if (first !== undefined && facts.exclusiveMinimum && first === stepsDown(facts.minimum, step)) first += 1n;
  if (last !== undefined && facts.exclusiveMaximum && last === stepsUp(facts.maximum, step)) last -= 1n;
  return { first, last };
}

function contradiction(facts: NumberFacts): string | undefined {
  const { minimum, maximum } = facts;
  if (minimum > maximum) return `the minimum ${minimum} is above the maximum ${maximum}`;
  if (minimum === maximum && (facts.exclusiveMinimum || facts.exclusiveMaximum))
    return `no number lies between the bounds, both ${minimum}`;
  if (facts.step === undefined) return undefined;
  const { first, last } = stepRange(facts, facts.step);
  if (first === undefined || last === undefined || first <= last) return undefined;
  const what = facts.multiples.length === 0 ? 'whole number' : `multiple of ${facts.multiples.join(' and ')}`;
  return `no ${what} lies between ${minimum} and ${maximum}`;
}

/** Whether a number keeps all that the facts say, as a validator that divides doubles would also find. */
export function keepsNumberFacts(facts: NumberFacts, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (facts.integer && !Number.isInteger(value)) return false;
  if (facts.exclusiveMinimum ? value <= facts.minimum : value < facts.minimum) return false;
  if (facts.exclusiveMaximum ? value >= facts.maximum : value > facts.maximum) return false;
  if (facts.multiples.length > 0 && !facts.multiples.every((step) => Number.isInteger(value / step)))
    return false;
  return !facts.notMultiples.some((step) => Number.isInteger(value / step));
}
