import type { Random } from '../../core/index.ts';
import { type Decimal, isMultiple, multiply, stepsDown, stepsUp } from './decimal.ts';
import { keepsNumberFacts, type NumberFacts, stepRange } from './number-facts.ts';

/** The numbers that would look right: bounds, and how many decimals. */
export interface NumberPreference {
  readonly minimum: number;
  readonly maximum: number;
  readonly decimals?: number;
}

/** Draws one number, or `undefined` where none was found. */
export type DrawNumber = (random: Random) => number | undefined;

const plain: NumberPreference = { minimum: 0, maximum: 1000, decimals: 2 };
const tries = 200;
const whole: Decimal = { digits: 1n, scale: 0 };

/**
 * Compiles the drawing of numbers that keep the facts, from the preferred range where that overlaps.
 * Multiples are counted in exact decimals, and then checked as doubles too: validators divide doubles.
 */
export function compileDrawNumber(facts: NumberFacts, preference?: NumberPreference): DrawNumber {
  const window = chooseWindow(facts, preference ?? plain);
  if (facts.step === undefined) return drawFraction(facts, window, preference?.decimals ?? 2);
  return drawSteps(facts, window, facts.step);
}

function chooseWindow(facts: NumberFacts, preference: NumberPreference): NumberFacts {
  const overlap = narrow(facts, preference.minimum, preference.maximum);
  if (holdsOne(overlap)) return overlap;
  const { minimum, maximum } = facts;
  const reach = Math.max(1000, stepSize(facts) * 100);
  if (Number.isFinite(minimum)) return orAll(facts, narrow(facts, minimum, minimum + reach));
  if (Number.isFinite(maximum)) return orAll(facts, narrow(facts, maximum - reach, maximum));
  return narrow(facts, 0, reach);
}

function orAll(facts: NumberFacts, window: NumberFacts): NumberFacts {
  return holdsOne(window) ? window : facts;
}

function stepSize(facts: NumberFacts): number {
  return facts.step === undefined ? 1 : multiply(1n, facts.step);
}

function narrow(facts: NumberFacts, low: number, high: number): NumberFacts {
  const minimum = Math.max(facts.minimum, low);
  const maximum = Math.min(facts.maximum, high);
  return {
    ...facts,
    minimum,
    maximum,
    exclusiveMinimum: facts.exclusiveMinimum && minimum === facts.minimum,
    exclusiveMaximum: facts.exclusiveMaximum && maximum === facts.maximum,
  };
}

function holdsOne(window: NumberFacts): boolean {
  if (window.minimum > window.maximum) return false;
  if (window.minimum === window.maximum) return keepsNumberFacts(window, window.minimum);
  if (window.step === undefined) return true;
  const { first, last } = stepRange(window, window.step);
  return first !== undefined && last !== undefined && first <= last;
}

function drawSteps(facts: NumberFacts, window: NumberFacts, step: Decimal): DrawNumber {
  const range = stepRange(window, step);
  const { first = 0n, last = first + 1000n } = range;
  if (step.digits === 1n && step.scale === 0 && isSafe(first) && isSafe(last) && isPlain(facts)) {
    const low = Number(first);
    const high = Number(last);
    return (random) => random.integer(low, high);
  }
  return (random) => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const value = multiply(drawBig(random, first, last, attempt), step);
      if (keepsNumberFacts(facts, value)) return value;
    }
    return exactOnly(facts, first, last, step);
  };
}

/** Multiples that doubles cannot show by division (0.3 / 0.1) are still multiples: better than nothing. */
function exactOnly(facts: NumberFacts, first: bigint, last: bigint, step: Decimal): number | undefined {
  for (let count = first; count <= last && count < first + 100n; count += 1n) {
    const value = multiply(count, step);
    if (keepsNumberFacts({ ...facts, multiples: [] }, value) && isMultiple(value, step)) return value;
  }
  return undefined;
}

function isPlain(facts: NumberFacts): boolean {
  return facts.multiples.length === 0 && facts.notMultiples.length === 0;
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}

function drawBig(random: Random, first: bigint, last: bigint, attempt: number): bigint {
  const span = last - first;
  if (span <= 0n) return first;
  if (span < 100n && attempt > 50) return first + (BigInt(attempt) % (span + 1n));
  if (span < BigInt(Number.MAX_SAFE_INTEGER)) return first + BigInt(random.integer(0, Number(span)));
  return first + (span * BigInt(random.integer(0, 1_000_000))) / 1_000_000n;
}

function drawFraction(facts: NumberFacts, window: NumberFacts, decimals: number): DrawNumber {
  const grid = gridOf(window, decimals);
  return (random) => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const value = grid === undefined || attempt > 50 ? between(window, random) : onGrid(grid, random);
      if (keepsNumberFacts(facts, value)) return value;
    }
    return undefined;
  };
}

interface Grid {
  readonly first: number;
  readonly last: number;
  readonly power: number;
}

/** Few decimals look right; a tiny range needs more of them. */
function gridOf(window: NumberFacts, decimals: number): Grid | undefined {
  for (let scale = decimals; scale <= 12; scale += 1) {
    const step = { ...whole, scale };
    const first = stepsUp(window.minimum, step);
    const last = stepsDown(window.maximum, step);
    if (!isSafe(first) || !isSafe(last)) return undefined;
    if (last - first >= 2n) return { first: Number(first), last: Number(last), power: Number(`1e${scale}`) };
  }
  return undefined;
}

function onGrid(grid: Grid, random: Random): number {
  return random.integer(grid.first, grid.last) / grid.power;
}

function between(window: NumberFacts, random: Random): number {
  const share = random.next();
  const value = window.minimum * (1 - share) + window.maximum * share;
  return Math.min(window.maximum, Math.max(window.minimum, value));
}
