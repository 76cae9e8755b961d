import type { ApiOperation } from '../../document/index.ts';
import type { JourneyDuty } from './duty.ts';
import type { MakeObligation } from './obligation.ts';
import type { PathSources } from './path-sources.ts';

/** Promises about several exchanges: the life of a resource, and what lists promise. */
export function planJourneys(
  _operation: ApiOperation,
  _paths: PathSources,
  _make: MakeObligation,
): JourneyDuty[] {
  return [];
}
