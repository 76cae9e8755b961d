import type { Random } from '../../core/index.ts';
import type { FaultEffect } from '../definition.ts';
import type { Spot } from '../source.ts';
import { compileLatency, type Draw } from './latency.ts';

/** What happens to one answer. */
export interface Fate {
  /** Milliseconds before it. */
  readonly delay?: number;
  readonly refusal?: { readonly status: number; readonly retryAfter?: number };
  readonly cut?: 'before-headers' | 'mid-body';
  /** Bytes of the body per second. */
  readonly pace?: number;
  readonly wrong?: 'truncated' | 'empty' | 'html' | 'garbage';
}

/** What goes wrong, compiled: it draws the fate of an answer. */
export type Effect = (random: Random) => Fate;

/** Compiles what goes wrong. Throws `ERR_SCENARIO` for a latency that makes no sense. */
export function compileEffect(effect: FaultEffect, spot: Spot): Effect {
  const draw: Draw | undefined =
    effect.latency === undefined ? undefined : compileLatency(effect.latency, spot.down('latency'));
  if (effect.retryAfter !== undefined && effect.status === undefined)
    throw spot.fault('"retryAfter" stands without a status', 'Add status: 429 or status: 503');
  const retryAfter = effect.retryAfter ?? (effect.status === 429 ? 1 : undefined);
  const lasting: Fate = {
    ...(effect.status === undefined
      ? {}
      : { refusal: { status: effect.status, ...(retryAfter === undefined ? {} : { retryAfter }) } }),
    ...(effect.cut === undefined ? {} : { cut: effect.cut }),
    ...(effect.slow === undefined ? {} : { pace: effect.slow }),
    ...(effect.wrong === undefined ? {} : { wrong: effect.wrong }),
  };
  return (random) => (draw === undefined ? lasting : { ...lasting, delay: draw(random) });
}

/** Two fates that met one answer: delays add up, the slower pace holds, of the rest the first. */
export function bothFates(first: Fate | undefined, second: Fate): Fate {
  if (first === undefined) return second;
  const delay = (first.delay ?? 0) + (second.delay ?? 0);
  const pace = Math.min(first.pace ?? Number.POSITIVE_INFINITY, second.pace ?? Number.POSITIVE_INFINITY);
  return {
    ...second,
    ...first,
    ...(delay > 0 ? { delay } : {}),
    ...(Number.isFinite(pace) ? { pace } : {}),
  };
}

/** The share of requests as a number from 0 to 1. */
export function shareOf(rate: number | string | undefined): number {
  if (rate === undefined) return 1;
  return typeof rate === 'number' ? rate : Math.min(Number.parseFloat(rate) / 100, 1);
}
