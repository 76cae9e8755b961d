import type { Finding, Place } from '../../core/index.ts';
import type { ParameterIn } from '../../document/index.ts';
import { type HttpRequest, splitTarget } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import { credentialFinding, judgeSecurity, readRequest } from '../../request/index.ts';
import type { CountedFailure } from '../judging/ledger.ts';
import {
  type CredentialCase,
  type Duty,
  isCredentialDuty,
  isMessageDuty,
  isValueDuty,
  type Site,
} from '../planning/duty.ts';

/** What a second engine can be asked about a failure. */
export type Question =
  /** Is this wrong with the exchange? */
  | { readonly kind: 'finding'; readonly finding: Finding }
  /** Is the request right, which the server refused? */
  | { readonly kind: 'refusal'; readonly place: Place };

/**
 * The question that a failure comes down to; `undefined` where no engine that looks at one exchange has an answer: what becomes of
 * a thing over its life, whose it is, which roles there are.
 */
export function questionOf(
  { duty, finding, exchange }: CountedFailure,
  plan: OperationPlan,
): Question | undefined {
  if (finding !== undefined) return { kind: 'finding', finding };
  const { group, check } = duty.obligation;
  if (group === 'accepted') return { kind: 'refusal', place: placeOf(duty) ?? { part: 'query' } };
  if (isCredentialDuty(duty)) return aboutCredential(duty.credential, plan, exchange.request);
  if (!check.startsWith('rejected.')) return undefined;
  const wrong = wrongWith(exchange.request, plan, placeOf(duty));
  return wrong === undefined ? undefined : { kind: 'finding', finding: wrong };
}

function aboutCredential(
  credential: CredentialCase,
  plan: OperationPlan,
  request: HttpRequest,
): Question | undefined {
  switch (credential.kind) {
    case 'refused': {
      const scheme = plan.security.flat().find((one) => one.scheme.name === credential.scheme)?.scheme;
      const [missing] = judgeSecurity(plan, request);
      if (missing !== undefined) return { kind: 'finding', finding: missing };
      return scheme === undefined
        ? undefined
        : { kind: 'finding', finding: credentialFinding(scheme, true, plan.operation.origin) };
    }
    case 'let-in':
    case 'public':
      return { kind: 'refusal', place: { part: 'security' } };
    case 'challenge':
    case 'role':
    case 'private':
      return undefined;
    default:
      return credential satisfies never;
  }
}

/** The part of the request that a duty is about; `undefined` where it is about all of it. */
function placeOf(duty: Duty): Place | undefined {
  if (isValueDuty(duty)) return placeOfSite(duty.site);
  if (!isMessageDuty(duty)) return undefined;
  const { fault } = duty;
  if (!('parameter' in fault)) return { part: 'body' };
  return { part: partOf(fault.parameter.in), name: fault.parameter.name };
}

function placeOfSite(site: Site): Place {
  if (site.kind === 'body') return { part: 'body' };
  return { part: partOf(site.parameter.in), name: site.parameter.name };
}

function partOf(where: ParameterIn): Place['part'] {
  return where === 'querystring' ? 'query' : where;
}

/** What our own judge of requests says is wrong at a place. */
function wrongWith(request: HttpRequest, plan: OperationPlan, place: Place | undefined): Finding | undefined {
  const { path, query } = splitTarget(request.target);
  const { findings } = readRequest(plan, request, {
    path: pathValues(plan.operation.path, path),
    query,
    header: (name) => request.headers.get(name),
    cookie: request.headers.get('cookie') ?? '',
  });
  const wrong = findings.filter(({ severity }) => severity === 'error');
  if (place === undefined) return wrong[0];
  return wrong.find((one) => one.place.part === place.part && isNamed(one.place, place));
}

function isNamed({ name }: Place, wanted: Place): boolean {
  return wanted.name === undefined || name?.toLowerCase() === wanted.name.toLowerCase();
}

/** The texts of variables that are whole segments; the base path stands before the template's. */
function pathValues(template: string, path: string): Record<string, string> {
  const names = template.split('/').slice(1);
  const segments = path.split('/').slice(-names.length);
  const pairs = names.flatMap((segment, index) => {
    const name = /^\{([^}]+)\}$/.exec(segment)?.[1];
    return name === undefined ? [] : [[name, segments[index] ?? ''] as const];
  });
  return Object.fromEntries(pairs);
}
