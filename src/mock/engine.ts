import { ApidoubleError, createRandom, type Finding, hashBytes, type Random } from '../core/index.ts';
import { type ApiDocument, readExternalValue } from '../document/index.ts';
import { HeaderList, type HttpResponse, noBody } from '../http/index.ts';
import {
  type ApiPlan,
  compilePlan,
  inferResources,
  type OperationPlan,
  type ResourceIndex,
} from '../plan/index.ts';
import {
  type Choice,
  choose,
  chooseRefusal,
  createProducer,
  loadExternalExamples,
  messagesOf,
  noWish,
  type ProduceContext,
  type Producer,
  type Question,
  refusalStatuses,
} from '../response/index.ts';
import { createPathIndex } from '../route/index.ts';
import { type Backend, createBackend, type Turns } from './backend.ts';
import { type Call, readingOf } from './call.ts';
import type { DataSource } from './mock.ts';
import { mockProblem } from './problems.ts';
import { challenges, judgeCredential } from './security.ts';

/** The options of a mock, made whole. */
export interface Settings {
  readonly seed: string;
  /** Milliseconds since 1970: the time that made-up dates stand around. */
  readonly now: number;
  readonly source: DataSource;
  readonly ignoreExamples: boolean;
  readonly fillProperties: boolean;
  readonly locale: string | undefined;
  readonly validateRequest: boolean;
  readonly errors: boolean;
  readonly explain: boolean;
  readonly adminPath: string | false;
  readonly credentials: Readonly<Record<string, string>>;
  readonly onFinding: (finding: Finding) => void;
}

/** Everything that one document brings: a reload makes a new one. */
export interface Engine {
  readonly document: ApiDocument;
  readonly plan: ApiPlan;
  readonly backend: Backend;
  readonly producer: Producer;
  /** Structural faults, and those that showed on an operation's first use. */
  readonly faults: readonly Finding[];
  /** The answer that the mock makes itself, by the call's wish. */
  generate(call: Call): HttpResponse;
  contextOf(call: Call, plan: OperationPlan): ProduceContext;
  questionOf(call: Call): Question;
}

const mostChoices = 64;

/** Builds the engine of a document; nothing of an operation is compiled before its first call. */
export function createEngine(document: ApiDocument, settings: Settings): Engine {
  const plan = compilePlan(document);
  const resources = inferResources(document);
  const root = createRandom(settings.seed);
  const { fillProperties, locale } = settings;
  const producer = createProducer({ fillProperties, ...(locale === undefined ? {} : { locale }) });

  function questionOf(call: Call): Question {
    return {
      accept: call.request.headers.get('accept'),
      wish: call.wish,
      source: settings.source,
      ignoreExamples: settings.ignoreExamples,
    };
  }

  function contextOf(call: Call, operation: OperationPlan): ProduceContext {
    return produceContext(call, operation, { root, resources, now: settings.now });
  }

  function produce(call: Call, operation: OperationPlan, choice: Choice): HttpResponse {
    call.reason.push(...choice.reason);
    if (choice.kind === 'problem')
      return mockProblem(choice.status, { code: choice.code, detail: choice.detail });
    return producer.produce(operation, choice, contextOf(call, operation)).response;
  }

  function refuse(call: Call): HttpResponse {
    const operation = planOf(call, plan);
    const statuses = refusalStatuses(call.findings);
    const choice = chooseRefusal(operation, statuses, { ...questionOf(call), wish: {} });
    if (choice.kind === 'answer') return produce(call, operation, choice);
    call.reason.push(...choice.reason);
    const findings = call.findings;
    const detail = messagesOf(findings).join(' ');
    return mockProblem(statuses[0] ?? 422, { code: 'request.refused', detail, findings, document });
  }

  const turns: Turns = {
    notFound: (call) => notFoundProblem(call),
    methodNotAllowed: (call) => methodProblem(call),
    authenticate(call, scheme) {
      const declared = document.securitySchemes.get(scheme);
      const { credentials } = settings;
      const good = Object.hasOwn(credentials, scheme) ? credentials[scheme] : undefined;
      return declared !== undefined && judgeCredential(declared, call, good);
    },
    unauthorized(call) {
      call.findings.push(...call.lacking);
      const response = refuse(call);
      if (response.status !== 401 || response.headers.has('www-authenticate')) return response;
      return {
        ...response,
        headers: response.headers.with('WWW-Authenticate', challenges(planOf(call, plan))),
      };
    },
    invalid: (call) => refuse(call),
    generated(call) {
      const operation = planOf(call, plan);
      const loading = prepare(operation);
      return loading === undefined ? generate(call) : loading.then(() => generate(call));
    },
  };

  const loaded = new WeakMap<OperationPlan, Promise<void> | 'done'>();

  /** Reads the examples that stand in files of their own, before an operation's first answer. */
  function prepare(operation: OperationPlan): Promise<void> | undefined {
    const known = loaded.get(operation);
    if (known !== undefined) return known === 'done' ? undefined : known;
    const loading = loadExternalExamples(operation, (example) => readExternalValue(document, example));
    if (loading === undefined) {
      loaded.set(operation, 'done');
      return undefined;
    }
    const settled = loading.then((findings) => {
      loaded.set(operation, 'done');
      for (const finding of findings) settings.onFinding(finding);
    });
    loaded.set(operation, settled);
    return settled;
  }

  function generate(call: Call): HttpResponse {
    const operation = planOf(call, plan);
    return produce(call, operation, chooseFor(call, operation));
  }

  const choices = new WeakMap<OperationPlan, Map<string, Choice>>();

  /** The choice depends on nothing but Accept where nothing is wished: it is made once for each. */
  function chooseFor(call: Call, operation: OperationPlan): Choice {
    const question = questionOf(call);
    if (question.wish !== noWish) return choose(operation, question);
    const known = choices.get(operation) ?? new Map<string, Choice>();
    choices.set(operation, known);
    const key = question.accept ?? '';
    const choice = known.get(key) ?? choose(operation, question);
    if (known.size < mostChoices) known.set(key, choice);
    return choice;
  }

  const index = createPathIndex(document.operations);
  const backend = createBackend(plan, index, { turns, validate: settings.validateRequest });
  return { document, plan, backend, producer, faults: document.faults, generate, contextOf, questionOf };
}

/** The compiled operation of a call. Throws what `compile` throws for a broken one. */
export function planOf(call: Call, plan: ApiPlan): OperationPlan {
  if (call.operation === undefined)
    throw new ApidoubleError(
      'ERR_INTERNAL',
      'Cannot plan a call: no operation was found for it. This is a bug.',
    );
  call.plan ??= plan.compile(call.operation);
  return call.plan;
}

interface Surroundings {
  readonly root: Random;
  readonly resources: ResourceIndex;
  readonly now: number;
}

function produceContext(
  call: Call,
  plan: OperationPlan,
  { root, resources, now }: Surroundings,
): ProduceContext {
  const reading = readingOf(call, plan);
  const seeded = call.wish.seed === undefined ? root : createRandom(call.wish.seed);
  const refused = call.findings.some((finding) => finding.severity === 'error');
  return {
    root: seeded,
    own: seeded.fork(plan.key).fork(requestKey(call, plan)),
    now,
    path: reading.values.path,
    query: reading.values.query,
    sent: refused ? undefined : reading.body.value,
    messages: refused ? messagesOf(call.findings) : [],
    url: call.request.origin + call.request.target,
    part: resources.get(plan.operation),
  };
}

/** Equal requests have equal keys: declared parameters as they were decoded, media type and body. */
function requestKey(call: Call, plan: OperationPlan): string {
  const { values, body } = readingOf(call, plan);
  const bytes = body.present ? hashBytes(call.request.body) : 0;
  return `${JSON.stringify(values)} ${body.plan?.mediaType ?? ''} ${bytes}`;
}

function notFoundProblem(call: Call): HttpResponse {
  const { match, request } = call;
  call.reason.push('status 404: no path of the document fits');
  const near = match?.kind === 'not-found' ? match.nearest : undefined;
  const hint = near === undefined ? '' : ` The nearest is ${near.path}.`;
  return mockProblem(404, {
    code: 'route.not-found',
    detail: `The document has no path for ${request.target}.${hint}`,
  });
}

function methodProblem(call: Call): HttpResponse {
  const { match, request } = call;
  const allow = match !== undefined && 'allow' in match ? match.allow.join(', ') : '';
  if (match?.kind === 'options') {
    call.reason.push('status 204: OPTIONS is answered for every path');
    return { status: 204, headers: HeaderList.from({ Allow: allow }), body: noBody };
  }
  call.reason.push('status 405: the path has other methods');
  const detail = `${request.target} does not have the method ${request.method}. It has: ${allow}.`;
  return mockProblem(405, { code: 'route.method-not-allowed', detail, headers: [['Allow', allow]] });
}
