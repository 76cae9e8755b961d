import { childOrigin } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import type { CredentialCase, CredentialDuty, CredentialFault } from './duty.ts';
import type { MakeObligation } from './obligation.ts';
import type { PathSources } from './path-sources.ts';

const faults: Readonly<Record<CredentialFault, string>> = {
  none: 'no credential',
  empty: 'an empty credential',
  'wrong-scheme': 'a credential of another scheme',
  wrong: 'a credential that nobody has',
  almost: 'a credential that lacks its last character',
  altered: 'a credential with another last character',
  longer: 'a credential with one character more',
  case: 'a credential in other letters, capitals for small ones',
};

/** Who is let in and who is not. */
export function planCredentials(
  operation: ApiOperation,
  paths: PathSources,
  make: MakeObligation,
): CredentialDuty[] {
  const duties: CredentialDuty[] = [];
  const add = (credential: CredentialCase, id: string, title: string): void => {
    duties.push({
      obligation: make({
        group: 'credentials',
        id: `credentials/${id}`,
        check: `credentials.${credential.kind === 'refused' ? credential.fault : credential.kind}`,
        title,
        grade: credential.kind === 'challenge' ? 'should' : 'must',
      }),
      origin: childOrigin(operation.origin, 'security'),
      credential,
    });
  };
  const isPublic = operation.security.length === 0 || operation.security.some((one) => one.size === 0);
  if (isPublic) {
    add({ kind: 'public' }, 'public', 'anybody may call');
    return duties;
  }
  planRefused(operation, add);
  for (const [alternative, requirement] of operation.security.entries()) {
    const names = [...requirement.keys()].join('+');
    add({ kind: 'let-in', alternative }, `${names}/right`, `the right ${names} is let in`);
  }
  // Who documents 403 and no 401 refuses with that, and there is nothing to say of how to authenticate.
  const refusesWith403 = operation.responses.has('403') && !operation.responses.has('401');
  if (!refusesWith403) add({ kind: 'challenge' }, 'challenge', 'a 401 says how to authenticate');
  const scopes = [...new Set(operation.security.flatMap((one) => [...one.values()].flat()))];
  if (scopes.length > 0) add({ kind: 'role', scopes }, 'role', `who lacks ${scopes.join(', ')} is refused`);
  if (isPrivate(operation, scopes, paths))
    add({ kind: 'private' }, 'private', 'what is one’s own is kept from others');
  return duties;
}

function planRefused(
  operation: ApiOperation,
  add: (credential: CredentialCase, id: string, title: string) => void,
): void {
  const schemes = new Set(operation.security.flatMap((one) => [...one.keys()]));
  const [first = ''] = schemes;
  add({ kind: 'refused', fault: 'none', scheme: first }, 'none', 'no credential is refused');
  for (const scheme of schemes) {
    for (const fault of ['empty', 'wrong-scheme', 'wrong', 'almost', 'altered', 'longer', 'case'] as const) {
      add(
        { kind: 'refused', fault, scheme },
        `${scheme}/${fault}`,
        `${faults[fault]} for ${scheme} is refused`,
      );
    }
  }
}

/** An item that asks for no role and still may answer 403: that is about whose it is. */
function isPrivate(operation: ApiOperation, scopes: readonly string[], paths: PathSources): boolean {
  const variable = paths.variables(operation.path).at(-1);
  if (scopes.length > 0 || variable === undefined || !operation.responses.has('403')) return false;
  if (!operation.path.replace(/\/+$/, '').endsWith(`{${variable}}`)) return false;
  return paths.of(operation.path, variable) !== undefined && ['GET', 'DELETE'].includes(operation.method);
}
