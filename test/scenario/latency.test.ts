import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import { compileLatency } from '../../src/scenario/fault/latency.ts';
import type { LatencyDefinition } from '../../src/scenario/index.ts';
import { Spot } from '../../src/scenario/index.ts';

const spot = new Spot({ label: 'test' });

/** Ten thousand draws, sorted. */
function draws(latency: LatencyDefinition): number[] {
  const draw = compileLatency(latency, spot);
  const random = createRandom(7);
  return Array.from({ length: 10_000 }, (_, n) => draw(random.fork(n))).sort((left, right) => left - right);
}

const quantile = (values: readonly number[], at: number): number =>
  values[Math.floor(values.length * at)] ?? 0;

describe('latencies', () => {
  it.each<[string, LatencyDefinition, number, number, number]>([
    ['a number', 30, 30, 30, 30],
    ['fixed', { fixed: 30 }, 30, 30, 30],
    ['uniform', { uniform: [100, 200] }, 105, 150, 195],
    ['normal', { normal: { mean: 500, deviation: 100 } }, 335, 500, 665],
    ['log-normal', { lognormal: { median: 100, p95: 400 } }, 25, 100, 400],
    ['percentiles', { percentiles: { '0': 10, '50': 80, '95': 200, '100': 900 } }, 17, 80, 200],
  ])('%s has the 5th, 50th and 95th percentile that it says', (_, latency, low, middle, high) => {
    const values = draws(latency);
    for (const [at, want] of [
      [0.05, low],
      [0.5, middle],
      [0.95, high],
    ] as const) {
      expect(quantile(values, at)).toBeGreaterThan(want * 0.93);
      expect(quantile(values, at)).toBeLessThan(want * 1.07);
    }
  });

  it('is never below nothing nor above ten minutes', () => {
    const values = draws({ normal: { mean: 300_000, deviation: 500_000 } });
    expect(values[0]).toBe(0);
    expect(values.at(-1)).toBe(600_000);
  });

  it.each<[LatencyDefinition, string]>([
    [{ uniform: [2, 1] }, 'wrong order'],
    [{ lognormal: { median: 100, p95: 50 } }, 'no log-normal distribution'],
    [{ percentiles: { '50': 100, '90': 50 } }, 'higher percentile'],
  ])('refuses %j', (latency, reason) => {
    expect(() => compileLatency(latency, spot)).toThrow(reason);
  });
});
