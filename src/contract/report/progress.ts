import { type Clock, counted, cut, printable } from '../../core/index.ts';
import type { Reporter, RunEvent } from '../report.ts';

/** Where progress is drawn, and against which budget. */
export interface ProgressOptions {
  readonly clock: Clock;
  /** Where the line is drawn: a terminal. */
  readonly draw: (text: string) => void;
  readonly columns?: number;
  /** The budget of the run, where it has one. */
  readonly requests?: number;
  readonly seconds?: number;
}

const eraseLine = '\r\u001b[2K';
/** A run that is done by then shows no progress. */
const firstAfter = 1000;
const redrawAfter = 100;

/** A line that is drawn over while the run goes on, from its first second on, and is gone when it ends. */
export function createProgress(options: ProgressOptions): Reporter {
  const started = options.clock.now();
  let drawnAt = started + firstAfter - redrawAfter;
  let drawn = false;
  const state = { operation: '', place: '', requests: 0, causes: new Set<string>() };
  return {
    onEvent(event) {
      take(event, state);
      if (event.kind === 'finished') {
        if (drawn) options.draw(eraseLine);
        return;
      }
      const now = options.clock.now();
      if (now - drawnAt < redrawAfter) return;
      drawnAt = now;
      drawn = true;
      const line = progressLine(state, now - started, options);
      options.draw(`${eraseLine}${cut(line, Math.max(20, (options.columns ?? 80) - 1))}`);
    },
  };
}

interface State {
  operation: string;
  place: string;
  requests: number;
  readonly causes: Set<string>;
}

function take(event: RunEvent, state: State): void {
  if (event.kind === 'exchange') state.requests += 1;
  if (event.kind === 'broken') state.causes.add(event.cause);
  if (event.kind !== 'operation') return;
  state.operation = printable(`${event.operation.method.toUpperCase()} ${event.operation.path}`);
  state.place = `${event.index + 1}/${event.count}`;
}

function progressLine(state: State, elapsed: number, budget: ProgressOptions): string {
  const parts = [
    budget.requests === undefined
      ? counted(state.requests, 'request')
      : `${state.requests}/${budget.requests} requests`,
    counted(state.causes.size, 'finding'),
  ];
  if (budget.seconds !== undefined) {
    parts.push(`${Math.max(0, Math.ceil(budget.seconds - elapsed / 1000))} s left`);
  }
  return [state.place, ...parts, state.operation].filter((part) => part !== '').join(' · ');
}
