import type { Finding, Origin } from '../core/index.ts';
import type { SecurityScheme } from '../document/index.ts';
import type { HttpRequest } from '../http/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import { readCredential } from './credentials.ts';

/**
 * What a request lacks of what its operation's security asks: nothing where one alternative is met by its form (whether the
 * credential is good, only the server knows), else what is missing of the alternative that is nearest.
 */
export function judgeSecurity(plan: OperationPlan, request: HttpRequest): Finding[] {
  let nearest: Finding[] = [];
  for (const alternative of plan.security) {
    const lacking: Finding[] = [];
    for (const { scheme } of alternative) {
      const { present, wellFormed } = readCredential(scheme, request);
      if (!wellFormed) lacking.push(credentialFinding(scheme, present, plan.operation.origin));
    }
    if (lacking.length === 0) return [];
    if (nearest.length === 0 || lacking.length < nearest.length) nearest = lacking;
  }
  return nearest;
}

/** A credential that is missing or, where one was sent, not good. */
export function credentialFinding(scheme: SecurityScheme, present: boolean, origin?: Origin): Finding {
  const where = placeOf(scheme);
  return {
    code: present ? 'security.credential' : 'security.missing',
    severity: 'error',
    message: present
      ? `The credential for "${scheme.name}" (${where}) is not good.`
      : `A credential for "${scheme.name}" is required (${where}) but was not sent.`,
    side: 'request',
    place: { part: 'security', name: scheme.name },
    ...(origin === undefined ? {} : { origin }),
    expected: where,
    seen: present ? 'another credential' : 'nothing',
  };
}

function placeOf(scheme: SecurityScheme): string {
  switch (scheme.type) {
    case 'http':
      return `Authorization: ${scheme.scheme}`;
    case 'oauth2':
    case 'openIdConnect':
      return 'Authorization: Bearer';
    case 'apiKey':
      return `${scheme.in} ${scheme.parameterName}`;
    case 'mutualTLS':
      return 'a TLS client certificate';
    default:
      return scheme satisfies never;
  }
}
