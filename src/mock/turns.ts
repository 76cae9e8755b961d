import type { HttpResponse } from '../http/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import { type Choice, chooseRefusal, noWish, refusalStatuses, troublesOf } from '../response/index.ts';
import type { Turns } from './backend.ts';
import { type Call, giveReason, planOf } from './call.ts';
import type { EngineParts } from './engine-parts.ts';
import { methodProblem, notFoundProblem } from './misses.ts';
import { createPrepare } from './prepare.ts';
import { mockProblem } from './problems.ts';
import { challenges, judgeCredential } from './security.ts';
import type { Settings } from './settings.ts';
import type { StateTurn } from './state-turn.ts';

/** What the mock does at each turn of a request's way. */
export function createTurns(engine: EngineParts, settings: Settings, kept?: StateTurn): Turns {
  const { document, plan } = engine;
  const prepare = createPrepare(document, settings.onFinding);
  const own =
    kept === undefined ? engine.generate : (call: Call): HttpResponse => kept(call) ?? engine.generate(call);
  const answer = (call: Call) =>
    engine.play === undefined ? own(call) : engine.play.answer(call, () => own(call));
  const refused = (call: Call, refusal: () => HttpResponse) =>
    engine.play === undefined ? refusal() : engine.play.refuse(call, refusal);
  return {
    notFound: notFoundProblem,
    methodNotAllowed: methodProblem,
    authenticate(call, scheme) {
      const declared = document.securitySchemes.get(scheme);
      const { credentials } = settings;
      const good = Object.hasOwn(credentials, scheme) ? credentials[scheme] : undefined;
      return declared !== undefined && judgeCredential(declared, call, good);
    },
    unauthorized(call) {
      call.findings.push(...call.lacking);
      return refused(call, () => withChallenges(refuse(engine, call), planOf(call, plan)));
    },
    invalid: (call) => refused(call, () => refuse(engine, call)),
    generated(call) {
      const loading = prepare(planOf(call, plan));
      return loading === undefined ? answer(call) : loading.then(() => answer(call));
    },
  };
}

/** Refuses by the document's own response where it has one, else by a problem that lists what was found. */
function refuse(engine: EngineParts, call: Call): HttpResponse {
  const operation = planOf(call, engine.plan);
  const { findings } = call;
  const statuses = refusalStatuses(findings);
  const choice = chooseRefusal(operation, statuses, { ...engine.questionOf(call), wish: noWish });
  if (choice.kind === 'answer') return answerWith(engine, call, choice);
  giveReason(call, choice.reason);
  const detail = troublesOf(findings)
    .map(({ message }) => message)
    .join(' ');
  return mockProblem(statuses[0] ?? 422, {
    code: 'request.refused',
    detail,
    findings,
    document: engine.document,
  });
}

/** Turns a choice into an answer and keeps its reason. */
export function answerWith(engine: EngineParts, call: Call, choice: Choice): HttpResponse {
  giveReason(call, choice.reason);
  if (choice.kind === 'problem')
    return mockProblem(choice.status, { code: choice.code, detail: choice.detail });
  const operation = planOf(call, engine.plan);
  return engine.producer.produce(operation, choice, engine.contextOf(call, operation)).response;
}

function withChallenges(response: HttpResponse, plan: OperationPlan): HttpResponse {
  if (response.status !== 401 || response.headers.has('www-authenticate')) return response;
  return { ...response, headers: response.headers.with('WWW-Authenticate', challenges(plan)) };
}
