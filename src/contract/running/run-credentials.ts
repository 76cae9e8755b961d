import type { SecurityScheme } from '../../document/index.ts';
import type { HttpRequest } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { ContractIdentity } from '../options.ts';
import type { CredentialDuty, CredentialFault, OperationDuties } from '../planning/duty.ts';
import { withAuthorization, withCredential } from '../sending/authorize.ts';
import type { Outcome } from '../sending/outcome.ts';
import { type Fill, makeBase } from './bases.ts';
import { type CallOptions, call, inParallel, isSuccess, type Run, wordsOf } from './run.ts';
import { isAccepted } from './run-basics.ts';

/** Asks with the right credential, with none, and with those that are almost right. */
export async function runCredentials(run: Run, duties: OperationDuties): Promise<void> {
  const plan = run.api.compile(duties.operation);
  const fill = run.bases.accepted(duties.operation);
  const now = duties.credentials.filter((duty) => !isChallenge(duty));
  // Where operations take turns, its own turn may come after that of the 401s that it is judged by.
  const challenge = run.dutiesOf(duties.operation)?.credentials.find(isChallenge);
  if (fill === undefined) {
    for (const duty of duties.credentials) run.ledger.undecided(duty, run.bases.why(duties.operation));
    return;
  }
  const width = run.options.concurrency ?? 4;
  await inParallel(now, {
    width,
    work: (duty) => tryCredential(run, plan, { duty, fill, challenge }),
  });
  for (const duty of duties.credentials.filter(isChallenge)) {
    if (run.ledger.verdict(duty) === undefined) run.ledger.skip(duty, 'no 401 came');
  }
}

function isChallenge({ credential }: CredentialDuty): boolean {
  return credential.kind === 'challenge';
}

interface Try {
  readonly duty: CredentialDuty;
  readonly fill: Fill;
  readonly challenge: CredentialDuty | undefined;
}

async function tryCredential(run: Run, plan: OperationPlan, { duty, fill, challenge }: Try): Promise<void> {
  const options = optionsFor(run, plan, duty);
  if (typeof options === 'string') {
    run.ledger.skip(duty, options);
    return;
  }
  const least: Fill = run.bases.all(plan.operation).includes('required') ? 'required' : fill;
  const fresh = plan.operation.method === 'DELETE';
  const base = await makeBase(run, plan, { fill: least, name: duty.obligation.id, fresh });
  if ('reason' in base) {
    run.ledger.undecided(duty, base.reason);
    return;
  }
  const send = () =>
    call(run, plan, { values: base.values, obligation: duty.obligation.id, provoked: true, ...options });
  const outcome = await send();
  if (outcome === undefined) run.ledger.skip(duty, 'the request cannot be written');
  else if (duty.credential.kind === 'let-in' || duty.credential.kind === 'public')
    judgeLetIn(run, plan, { duty, outcome });
  else judgeKeptOut(run, plan, { duty, outcome, send });
  if (challenge !== undefined && outcome !== undefined) judgeChallenge(run, challenge, outcome);
}

/** How to ask, or why that cannot be. */
function optionsFor(run: Run, plan: OperationPlan, { credential }: CredentialDuty): CallOptions | string {
  const { headers = {}, auth = {} } = run.identity;
  switch (credential.kind) {
    case 'public':
      return { as: 'nobody' };
    case 'let-in': {
      const names = (plan.security[credential.alternative] ?? []).map(({ scheme }) => scheme.name);
      if (!names.every((name) => Object.hasOwn(auth, name)))
        return `no credential was given for ${names.join(', ')}`;
      const only = Object.fromEntries(names.map((name) => [name, auth[name] ?? '']));
      return { as: { headers, auth: only } };
    }
    case 'refused':
      return refusedOptions(run, plan, credential);
    case 'role':
      return roleOptions(run.second, credential.scopes);
    case 'private':
      return run.second === undefined ? 'no second identity was given' : { as: run.second };
    case 'challenge':
      return 'it is judged with the others';
    default:
      return credential satisfies never;
  }
}

function roleOptions(second: ContractIdentity | undefined, scopes: readonly string[]): CallOptions | string {
  if (second?.roles === undefined) return 'no second identity with roles was given';
  if (scopes.every((one) => second.roles?.includes(one))) return 'the second identity has all of these roles';
  return { as: second };
}

function refusedOptions(
  run: Run,
  plan: OperationPlan,
  { fault, scheme: name }: { fault: CredentialFault; scheme: string },
): CallOptions | string {
  if (fault === 'none') return { as: 'nobody' };
  const scheme = plan.security.flat().find((one) => one.scheme.name === name)?.scheme;
  if (scheme === undefined || scheme.type === 'mutualTLS') return 'no request can show that';
  const right = run.identity.auth?.[name];
  if (right === undefined && fault !== 'wrong') return `no credential was given for ${name}`;
  const change = faultyCredential(scheme, { fault, right: right ?? '' });
  return change === undefined ? 'the scheme knows no such credential' : { as: 'nobody', change };
}

type Change = (request: HttpRequest) => HttpRequest;

function faultyCredential(
  scheme: SecurityScheme,
  { fault, right }: { fault: Exclude<CredentialFault, 'none'>; right: string },
): Change | undefined {
  switch (fault) {
    case 'empty':
      return (request) => withCredential(request, scheme, '');
    case 'wrong':
      return (request) => withCredential(request, scheme, shuffled(right));
    case 'almost':
      return right.length < 2 ? undefined : (request) => withCredential(request, scheme, right.slice(0, -1));
    case 'altered':
      return right.length < 2
        ? undefined
        : (request) =>
            withCredential(request, scheme, right.slice(0, -1) + (right.endsWith('0') ? '1' : '0'));
    case 'case': {
      const other = right === right.toUpperCase() ? right.toLowerCase() : right.toUpperCase();
      return other === right ? undefined : (request) => withCredential(request, scheme, other);
    }
    case 'longer':
      return (request) => withCredential(request, scheme, `${right}x`);
    case 'wrong-scheme': {
      if (scheme.type === 'apiKey') return undefined;
      const other = scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic' ? 'Bearer' : 'Basic';
      return (request) => withAuthorization(request, `${other} ${right}`);
    }
    default:
      return fault satisfies never;
  }
}

/** As long as the right one, and of the same characters' kinds. */
function shuffled(right: string): string {
  if (right === '') return 'apidouble-nobody';
  return [...right]
    .map((character) => (/[0-9]/.test(character) ? '7' : /[a-z]/i.test(character) ? 'q' : character))
    .join('');
}

interface Judging {
  readonly duty: CredentialDuty;
  readonly outcome: Outcome;
}

function judgeLetIn(run: Run, plan: OperationPlan, { duty, outcome }: Judging): void {
  if (outcome.kind === 'none') run.ledger.undecided(duty, outcome.reason);
  else if (isAccepted(outcome.status)) run.ledger.pass(duty);
  else if (outcome.status !== 401 && outcome.status !== 403) run.ledger.undecided(duty, wordsOf(outcome));
  else {
    run.ledger.fail({
      duty,
      key: `let-in ${plan.key}`,
      cause: `${plan.operation.method} ${plan.operation.path} refuses who may call it`,
      message: `The server refused with ${outcome.status} who the document lets in: ${duty.obligation.title}.`,
      expected: 'a 2xx',
      seen: String(outcome.status),
      exchange: outcome.exchange,
      origin: duty.origin,
    });
  }
}

function judgeKeptOut(
  run: Run,
  plan: OperationPlan,
  { duty, outcome, send }: Judging & { send: () => Promise<Outcome | undefined> },
): void {
  if (outcome.kind === 'none') run.ledger.undecided(duty, outcome.reason);
  else if (outcome.status === 401 || outcome.status === 403 || outcome.status === 404) run.ledger.pass(duty);
  else if (!isSuccess(outcome.status))
    run.ledger.undecided(duty, `refused for another reason: ${wordsOf(outcome)}`);
  else {
    run.ledger.fail({
      duty,
      key: `kept-out ${plan.key} ${isNeverAsked(duty) ? 'any' : duty.obligation.check}`,
      cause: `${plan.operation.method} ${plan.operation.path} lets in who must stay out`,
      message: `The server let in what the document keeps out: ${duty.obligation.title.replace(/ is refused$/, '')}.`,
      expected: 'a 401 or 403',
      seen: String(outcome.status),
      exchange: outcome.exchange,
      origin: duty.origin,
      confirm: async () => {
        const again = await send();
        return again?.kind === 'answered' ? isSuccess(again.status) : undefined;
      },
    });
  }
}

function isNeverAsked({ credential }: CredentialDuty): boolean {
  return credential.kind === 'refused';
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2 */
function judgeChallenge(run: Run, duty: CredentialDuty, outcome: Outcome): void {
  if (outcome.kind === 'none' || outcome.status !== 401) return;
  if (outcome.exchange.response.headers.has('www-authenticate')) {
    run.ledger.pass(duty);
    return;
  }
  run.ledger.fail({
    duty,
    key: 'challenge',
    cause: 'A 401 does not say how to authenticate',
    message: 'The 401 has no WWW-Authenticate header.',
    expected: 'WWW-Authenticate with a challenge',
    seen: 'no such header',
    exchange: outcome.exchange,
    origin: duty.origin,
    grade: 'should',
  });
}
