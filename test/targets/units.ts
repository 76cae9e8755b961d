import type { Report } from '../../src/contract/index.ts';

/** The least that is judged by itself: a finding in one operation, at one status. */
export interface Unit {
  readonly check: string;
  readonly cause: string;
  /** `GET /zones/{zone_id}`. */
  readonly operation: string;
  readonly status: number;
}

/** Every finding of a report, in each operation and at each status that showed it. */
export function unitsOf({ findings, results }: Report): Unit[] {
  const obligations = new Map(results.map(({ obligation }) => [obligation.id, obligation]));
  const units = new Map<string, Unit>();
  for (const { cause, instances } of findings) {
    for (const { obligation: id, statuses } of instances) {
      const obligation = obligations.get(id);
      if (obligation === undefined) continue;
      const { check, operation } = obligation;
      for (const status of statuses) {
        const unit = { check, cause, operation: `${operation.method} ${operation.path}`, status };
        units.set(nameOf(unit), unit);
      }
    }
  }
  return [...units.values()];
}

/** One line for a unit; two are the same where their lines are. */
export function nameOf({ check, cause, operation, status }: Unit): string {
  return `${check}  ${operation}  ${status}  ${cause}`;
}
