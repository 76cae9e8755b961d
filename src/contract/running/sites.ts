import { mediaSchema, type OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { Validator } from '../../schema/index.ts';
import type { Site } from '../planning/duty.ts';
import { makeValue } from '../values/make-values.ts';
import { mediaPlanOf } from './bases.ts';
import type { Run } from './run.ts';

/** The judge of a site's whole value. */
export function validatorOf(plan: OperationPlan, site: Site): Validator | undefined {
  if (site.kind === 'body') return mediaPlanOf(plan)?.validator;
  return plan.parameters.find((one) => one.parameter === site.parameter)?.validator;
}

/** The site's value in a request; `undefined` where it has none. */
export function siteValue(values: RequestValues, site: Site): unknown {
  if (site.kind === 'body') return values.body?.value;
  const given = values[placeOf(site)];
  return given !== undefined && Object.hasOwn(given, site.parameter.name)
    ? given[site.parameter.name]
    : undefined;
}

/** A valid value for a site that a request leaves out. */
export function freshSiteValue(run: Run, site: Site, name: string): unknown {
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
