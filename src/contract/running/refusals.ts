import type { SecurityScheme } from '../../document/index.ts';
import type { OperationPlan } from '../../plan/index.ts';

/** An operation none of whose positive cases was accepted. */
export interface Refusal {
  readonly plan: OperationPlan;
  /** Absent where no answer came, or nothing could be sent. */
  readonly status: number | undefined;
  /** The server's own, or why there are none. */
  readonly words: string;
}

const mostNamed = 5;

/** One line for operations that were refused alike: which, with the server's words, and how to help it. */
export function tellRefusals(refusals: readonly Refusal[]): readonly string[] {
  const groups = new Map<string, Refusal[]>();
  for (const one of refusals) {
    // A server may word each refusal of a credential anew; what helps is the same.
    const isUnknown = one.status === 401 || one.status === 403;
    const key = `${one.status} ${isUnknown ? '' : one.words} ${helpFor(one)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.slice(0, mostNamed).map(({ plan }) => plan.key);
    const more = group.length > mostNamed ? ` and ${group.length - mostNamed} more` : '';
    return [
      `${names.join(', ')}${more}: every positive case was refused (${first.words}). ${helpFor(first)}`,
    ];
  });
}

function helpFor({ plan, status }: Refusal): string {
  if (status === 401 || status === 403) {
    const schemes = new Map(plan.security.flat().map(({ scheme }) => [scheme.name, scheme]));
    if (schemes.size === 0)
      return 'It asks for a credential that the document does not tell of: give it as a header (--header).';
    const wanted = [...schemes.values()].map((scheme) => `${scheme.name} (${kindOf(scheme)})`).join(' or ');
    const [name = ''] = schemes.keys();
    const variable = `APIDOUBLE_AUTH_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
    return `It wants a credential of ${wanted}: give one by auth (--auth ${name}=VALUE, or ${variable}).`;
  }
  if (plan.operation.path.includes('{'))
    return 'Name things that exist in the example data (--example-data), or let the run make some (--writes).';
  return 'Give values that the server takes in the example data (--example-data).';
}

function kindOf(scheme: SecurityScheme): string {
  switch (scheme.type) {
    case 'apiKey':
      return `the ${scheme.in} ${scheme.parameterName}`;
    case 'http':
      return `Authorization: ${scheme.scheme}`;
    case 'oauth2':
    case 'openIdConnect':
      return 'Authorization: Bearer';
    case 'mutualTLS':
      return 'a client certificate';
    default:
      return scheme satisfies never;
  }
}
