import { mediaSchema, type OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { Schema, Validator } from '../../schema/index.ts';
import type { AcceptedDuty, RejectedDuty, Site } from '../planning/duty.ts';
import type { Spot } from '../planning/spots.ts';
import { valueAtSteps, withValueAt } from '../values/at-steps.ts';
import type { ChangeTools } from '../values/breach.ts';
import { makeValue, toolsOf, tryToMake } from '../values/make-values.ts';
import { mediaPlanOf } from './media-plan.ts';
import type { Run } from './run.ts';

/** The judge of a site's whole value. */
export function validatorOf(plan: OperationPlan, site: Site): Validator | undefined {
  if (site.kind === 'body') return mediaPlanOf(plan)?.validator;
  return plan.parameters.find((one) => one.parameter === site.parameter)?.validator;
}

/** The site's value in a request; `undefined` where it has none. */
function siteValue(values: RequestValues, site: Site): unknown {
  if (site.kind === 'body') return values.body?.value;
  const given = values[placeOf(site)];
  return given !== undefined && Object.hasOwn(given, site.parameter.name)
    ? given[site.parameter.name]
    : undefined;
}

/** A valid value for a site that a request leaves out. */
function freshSiteValue(run: Run, site: Site, name: string): unknown {
  const random = run.random.fork(name);
  if (site.kind === 'body') return makeValue(mediaSchema(site.media) ?? true, { random, now: run.now });
  return makeValue(site.schema, { random, now: run.now, names: [site.parameter.name] });
}

/** The request with another value at the site; `undefined` leaves it out. */
export function withSiteValue(values: RequestValues, site: Site, value: unknown): RequestValues {
  if (site.kind === 'body') {
    const { body, ...rest } = values;
    const contentType = body?.contentType ?? site.media.mediaType;
    return value === undefined ? rest : { ...rest, body: { value, contentType } };
  }
  const place = placeOf(site);
  const others = Object.entries(values[place] ?? {}).filter(([name]) => name !== site.parameter.name);
  const entries = value === undefined ? others : [...others, [site.parameter.name, value] as const];
  return { ...values, [place]: Object.fromEntries(entries) };
}

function placeOf(site: Site & { kind: 'parameter' }): 'path' | 'query' | 'header' | 'cookie' {
  return site.parameter.in === 'querystring' ? 'query' : site.parameter.in;
}

/** What a changed value starts from. */
export interface Beginning {
  readonly tools: ChangeTools;
  /** The whole value of the site, with the branch chosen that the place belongs to. */
  readonly whole: unknown;
  /** A valid value at the place. */
  readonly valid: unknown;
}

/** A valid value of a duty's site and of its place in it. Throws where none can be made. */
export function startingFrom(
  run: Run,
  { site, spot, obligation }: AcceptedDuty | RejectedDuty,
  values: RequestValues,
): Beginning {
  const tools = toolsOf(run.random.fork(obligation.id), run.now);
  const given = siteValue(values, site) ?? freshSiteValue(run, site, obligation.id);
  const whole = prepared(given, spot, tools);
  return { tools, whole, valid: valueAtSteps(whole, spot.steps) ?? tools.make(spot.schema) };
}

/** The whole value with the branch chosen that the place belongs to. */
function prepared(whole: unknown, { within }: Spot, tools: ChangeTools): unknown {
  if (within === undefined) return whole;
  return withValueAt(whole, within.steps, { value: branchValue(within, tools), make: tools.make });
}

type Branch = NonNullable<Spot['within']>;

const wholes = new WeakMap<Branch, Schema>();

/** The branch with what holds beside it, as one schema: the same one each time, so that its generator is compiled once. */
function wholeOf(branch: Branch): Schema {
  const whole = wholes.get(branch) ?? { allOf: [branch.base, branch.schema] };
  wholes.set(branch, whole);
  return whole;
}

function branchValue(branch: Branch, tools: ChangeTools): unknown {
  const made = tryToMake(() => tools.make(wholeOf(branch), 'branch'));
  // A `null` is a value.
  return made === undefined ? tools.make(branch.schema, 'branch') : made;
}
