import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { AcceptedDuty, OperationDuties, Site } from '../planning/duty.ts';
import { isBound, siteName, sitesOf } from '../planning/plan-values.ts';
import type { Run } from '../running/run.ts';
import { placeEdge } from '../running/run-accepted.ts';
import { validatorOf, withSiteValue } from '../running/sites.ts';
import { makeValue, tryToMake } from '../values/make-values.ts';

/** A value that a place of a request can have, and the request that has it; `undefined` where the rest does not allow it. */
export interface Choice {
  readonly name: string;
  readonly put: (values: RequestValues) => RequestValues | undefined;
}

/** A part of a request with more than one valid value: a parameter, a property of the body. */
export interface Place {
  readonly name: string;
  /** The depth in its part: what is around it is put first. */
  readonly depth: number;
  readonly choices: readonly Choice[];
}

const freshValues = 4;

/** The places of an operation's requests: at each the edges that were accepted alone, and whole values that are made up. */
export function placesOf(run: Run, plan: OperationPlan, duties: OperationDuties): readonly Place[] {
  const places = new Map<string, { depth: number; choices: Choice[] }>();
  const add = (name: string, depth: number, choice: Choice): void => {
    const place = places.get(name) ?? { depth, choices: [] };
    place.choices.push(choice);
    places.set(name, place);
  };
  for (const duty of duties.accepted) {
    if (run.ledger.verdict(duty)?.kind !== 'passed') continue;
    add(placeName(duty), 1 + duty.spot.steps.length, edgeChoice(run, plan, duty));
  }
  for (const site of sitesOf(plan.operation)) {
    if (site.kind === 'parameter' && isBound(plan.operation, site.parameter, run.paths)) continue;
    for (let index = 0; index < freshValues; index += 1)
      add(siteName(site), 0, freshChoice(run, plan, { site, index }));
  }
  return [...places].map(([name, place]) => ({ name, ...place }));
}

function placeName({ site, spot }: AcceptedDuty): string {
  return spot.label === '' ? siteName(site) : `${siteName(site)} ${spot.label}`;
}

function edgeChoice(run: Run, plan: OperationPlan, duty: AcceptedDuty): Choice {
  return {
    name: `${placeName(duty)} = ${duty.edge.words}`,
    put: (values) => placeEdge(run, plan, { duty, values }),
  };
}

function freshChoice(run: Run, plan: OperationPlan, { site, index }: { site: Site; index: number }): Choice {
  const name = siteName(site);
  return {
    name: `${name} = made-up value ${index + 1}`,
    put(values) {
      const random = run.random.fork(`${plan.key} ${name} fresh ${index}`);
      const names = site.kind === 'parameter' ? [site.parameter.name] : [];
      return tryToMake(() => {
        const value = makeValue(site.schema, { random, now: run.now, names });
        const isFitting = validatorOf(plan, site)?.isValid(value) === true;
        return isFitting ? withSiteValue(values, site, value) : undefined;
      });
    },
  };
}
