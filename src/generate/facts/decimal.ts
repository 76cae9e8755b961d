/** An exact decimal number: `digits / 10^scale`. Doubles are read as the decimal that they print as. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** The decimal that a finite double prints as: `0.1` is 1/10, `1e-7` is 1/10^7, `1e21` is a whole number. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The least decimal that is a multiple of both; neither may be 0. */
export function leastCommonMultiple(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  const a = scaledTo(one, scale);
  const b = scaledTo(other, scale);
  return { digits: magnitude((a / greatestCommonDivisor(a, b)) * b), scale };
}

/** Whether `value` is a whole number of `step`s. */
export function isMultiple(value: number, step: Decimal): boolean {
  const decimal = decimalOf(value);
  const scale = Math.max(decimal.scale, step.scale);
  return scaledTo(decimal, scale) % scaledTo(step, scale) === 0n;
}

/** The smallest whole number of steps that is not below `bound`. */
export function stepsUp(bound: number, step: Decimal): bigint {
  const { quotient, rest } = divide(bound, step);
  return rest > 0n ? quotient + 1n : quotient;
}

/** The largest whole number of steps that is not above `bound`. */
export function stepsDown(bound: number, step: Decimal): bigint {
  const { quotient, rest } = divide(bound, step);
  return rest < 0n ? quotient - 1n : quotient;
}

/** The double nearest to `count` steps. */
export function multiply(count: bigint, step: Decimal): number {
  return Number(`${count * step.digits}e-${step.scale}`);
}

function divide(bound: number, step: Decimal): { quotient: bigint; rest: bigint } {
  const decimal = decimalOf(bound);
  const scale = Math.max(decimal.scale, step.scale);
  const value = scaledTo(decimal, scale);
  const divisor = scaledTo(step, scale);
  return { quotient: value / divisor, rest: value % divisor };
}

function scaledTo(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let a = magnitude(one);
  let b = magnitude(other);
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
