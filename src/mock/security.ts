import type { SecurityScheme } from '../document/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import { credentialFinding, readCredential } from '../request/index.ts';
import type { Call } from './call.ts';

/** Judges one scheme of a call: present, of the right form and, where one is configured, the good one. */
export function judgeCredential(scheme: SecurityScheme, call: Call, good: string | undefined): boolean {
  const credential = readCredential(scheme, call.request);
  const isGood = credential.wellFormed && (good === undefined || credential.value === good);
  // A scheme may stand in several alternatives.
  if (!isGood && !call.lacking.some(({ place }) => place.name === scheme.name))
    call.lacking.push(credentialFinding(scheme, credential.present, call.operation?.origin));
  return isGood;
}

/**
 * The challenges of an operation's schemes, for a 401.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function challenges(plan: OperationPlan): string {
  const names = new Set<string>();
  for (const { scheme } of plan.security.flat()) names.add(challengeOf(scheme));
  return [...names].join(', ');
}

function challengeOf(scheme: SecurityScheme): string {
  switch (scheme.type) {
    case 'http':
      return /^basic$/i.test(scheme.scheme)
        ? 'Basic realm="apidouble", charset="UTF-8"'
        : properCase(scheme.scheme);
    case 'oauth2':
    case 'openIdConnect':
      return 'Bearer';
    case 'apiKey':
      return `ApiKey in="${scheme.in}", name="${scheme.parameterName}"`;
    case 'mutualTLS':
      return 'Certificate';
    default:
      return scheme satisfies never;
  }
}

function properCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
