import type { Random } from '../../core/index.ts';
import type { LatencyDefinition } from '../definition.ts';
import type { Spot } from '../source.ts';

/** Draws milliseconds from a distribution. */
export type Draw = (random: Random) => number;

/** No answer is held longer than this, whatever a distribution draws: ten minutes. */
const longest = 600_000;

/** Compiles a latency. Throws `ERR_SCENARIO` for bounds in the wrong order. */
export function compileLatency(latency: LatencyDefinition, spot: Spot): Draw {
  const draw = drawerOf(latency, spot);
  return (random) => Math.min(Math.max(draw(random), 0), longest);
}

function drawerOf(latency: LatencyDefinition, spot: Spot): Draw {
  if (typeof latency === 'number') return () => latency;
  if ('fixed' in latency) return () => latency.fixed;
  if ('uniform' in latency) {
    const [least, most] = latency.uniform;
    if (least > most)
      throw spot.fault(`the latencies ${least} and ${most} are in the wrong order`, 'Name the least first');
    return (random) => least + random.next() * (most - least);
  }
  if ('normal' in latency) {
    const { mean, deviation } = latency.normal;
    return (random) => mean + deviation * standardNormal(random);
  }
  if ('lognormal' in latency) return lognormal(latency.lognormal, spot);
  return percentiles(latency.percentiles, spot);
}

/** https://en.wikipedia.org/wiki/Box–Muller_transform */
function standardNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

/** The 95th percentile of the standard normal distribution. */
const z95 = 1.6448536269514722;

function lognormal({ median, p95 }: { median: number; p95: number }, spot: Spot): Draw {
  if (median <= 0 || p95 < median)
    throw spot.fault(
      `no log-normal distribution has the median ${median} and the 95th percentile ${p95}`,
      'Give a median above 0 and a p95 that is not below it',
    );
  const sigma = Math.log(p95 / median) / z95;
  return (random) => median * Math.exp(sigma * standardNormal(random));
}

/** Straight lines from percentile to percentile; below the first it is the first, above the last the last. */
function percentiles(given: Readonly<Record<string, number>>, spot: Spot): Draw {
  const points = Object.entries(given)
    .map(([percent, milliseconds]) => ({ at: Number(percent) / 100, milliseconds }))
    .sort((left, right) => left.at - right.at);
  for (const [index, { milliseconds }] of points.entries()) {
    if (milliseconds < (points[index - 1]?.milliseconds ?? 0))
      throw spot.fault('a higher percentile has a lower latency', 'Let them rise');
  }
  return (random) => {
    const at = random.next();
    const above = points.findIndex((point) => point.at >= at);
    const high = points[above] ?? points.at(-1);
    const low = points[above - 1];
    if (high === undefined) return 0;
    if (low === undefined || above < 0) return high.milliseconds;
    const share = (at - low.at) / (high.at - low.at);
    return low.milliseconds + share * (high.milliseconds - low.milliseconds);
  };
}
