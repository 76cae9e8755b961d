import type { Report } from '../../src/contract/index.ts';
import type { Held } from './hold.ts';
import type { TargetServer } from './target.ts';
import { nameOf, type Unit } from './units.ts';

/** What came of one target, as text. */
export function heldText({ name, version }: TargetServer, held: Held, reports: readonly Report[]): string {
  const { found, missed, trueUnits, falseUnits, unjudged, unsteady, idle } = held;
  const pairs = found.length + missed.length;
  const lines = [
    `${name} ${version}: known violations found ${found.length} of ${pairs} (${percent(found.length, pairs)}), ` +
      `findings true ${trueUnits.length}, false ${falseUnits.length}, not judged ${unjudged.length}`,
    ...reports.map(costLine),
    ...missed.map(({ operation, status, check }) => `  missed     ${check}  ${operation}  ${status}`),
    ...section('false', falseUnits),
    ...section('not judged', unjudged),
    ...section('unsteady', unsteady),
    ...idle.map(({ check, cause }) => `  not seen   ${check}  ${cause}`),
  ];
  return lines.join('\n');
}

function costLine({ seed, requests, seconds, findings, coverage: { operations } }: Report): string {
  const covered = `${operations.tried} of ${operations.promised} operations`;
  return `  seed ${seed}: ${requests} requests, ${seconds.toFixed(1)} s, ${covered}, ${findings.length} findings`;
}

function section(title: string, units: readonly Unit[]): string[] {
  return units.map((unit) => `  ${title.padEnd(10)} ${nameOf(unit)}`);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`;
}
