import type { ExampleObject } from '../document/index.ts';
import type { MediaTypePlan, OperationPlan, ResponsePlan } from '../plan/index.ts';
import { firstExample, namedExample } from './examples.ts';
import type { Wish } from './wish.ts';

/** Where the body of a chosen answer comes from. */
export type BodySource =
  | { readonly kind: 'example'; readonly name: string; readonly example: ExampleObject }
  | { readonly kind: 'faker' }
  | { readonly kind: 'static' }
  | { readonly kind: 'none' };

/** The answer that was decided on, with one line per decision that says why. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly response: ResponsePlan;
  readonly media?: { readonly plan: MediaTypePlan; readonly mediaType: string };
  readonly source: BodySource;
  readonly reason: readonly string[];
}

/** No answer of the document fits: a problem of ours. */
export interface NoAnswer {
  readonly kind: 'problem';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly reason: readonly string[];
}

/** What is answered, or why nothing can be. */
export type Choice = Answer | NoAnswer;

/** What the choice depends on. */
export interface Question {
  readonly accept: string | undefined;
  readonly wish: Wish;
  readonly source: 'example' | 'dynamic' | 'static';
  readonly ignoreExamples: boolean;
}

/** Decides how a valid request is answered. Pure: the same question has the same answer. */
export function choose(plan: OperationPlan, question: Question): Choice {
  const { status } = question.wish;
  if (status !== undefined) {
    const response = plan.responseFor(status);
    if (response === undefined) return undocumented(plan, status);
    return answerWith(response, {
      status,
      why: `status ${status}: asked for${via(response, status)}`,
      question,
    });
  }
  const first = successOf(plan);
  if (first === undefined) return undocumented(plan, 200);
  return answerWith(first.response, { status: first.status, why: first.why, question });
}

/** Decides how a refused request is answered: the first documented status of the wanted ones, else their default. */
export function chooseRefusal(plan: OperationPlan, wanted: readonly number[], question: Question): Choice {
  for (const status of wanted) {
    const response = plan.responseFor(status);
    if (response === undefined || response.status === 'default') continue;
    return answerWith(response, {
      status,
      why: `status ${status}: the request was refused${via(response, status)}`,
      question,
    });
  }
  const status = wanted[0] ?? 422;
  const fallback = plan.responseFor(status);
  if (fallback === undefined) return undocumented(plan, status);
  return answerWith(fallback, {
    status,
    why: `status ${status}: the request was refused, by "default"`,
    question,
  });
}

function via(response: ResponsePlan, status: number): string {
  return response.status === String(status) ? '' : `, by "${response.status}"`;
}

function undocumented(plan: OperationPlan, status: number): NoAnswer {
  const declared = plan.responses.map((response) => response.status).join(', ') || 'none';
  return {
    kind: 'problem',
    status: 404,
    code: 'response.undocumented-status',
    detail: `${plan.key} has no response for status ${status}; the document lists: ${declared}.`,
    reason: [`status ${status}: not documented`],
  };
}

interface Success {
  readonly response: ResponsePlan;
  readonly status: number;
  readonly why: string;
}

/** The lowest 2xx, else `2XX` as 200, else `default` as 200, else the first that is declared and can end an exchange. */
function successOf(plan: OperationPlan): Success | undefined {
  const exact = plan.responses.filter((response) => /^2\d\d$/.test(response.status));
  exact.sort((left, right) => Number(left.status) - Number(right.status));
  const [lowest] = exact;
  if (lowest !== undefined) {
    return {
      response: lowest,
      status: Number(lowest.status),
      why: `status ${lowest.status}: the lowest success that is documented`,
    };
  }
  const final = plan.responses.find((response) => !response.status.startsWith('1'));
  const [range, fallback, first] = [find(plan, '2XX'), find(plan, 'default'), final];
  if (range !== undefined) return { response: range, status: 200, why: 'status 200: by the range "2XX"' };
  if (fallback !== undefined) return { response: fallback, status: 200, why: 'status 200: by "default"' };
  if (first === undefined) return undefined;
  const status = Number(first.status.replace(/XX$/, '00'));
  return {
    response: first,
    status,
    why: `status ${status}: the first that is documented, as none is a success`,
  };
}

function find(plan: OperationPlan, status: string): ResponsePlan | undefined {
  return plan.responses.find((response) => response.status === status);
}

interface Settled {
  readonly status: number;
  readonly why: string;
  readonly question: Question;
}

function answerWith(response: ResponsePlan, { status, why, question }: Settled): Choice {
  const base = { kind: 'answer', status, response } as const;
  if (response.mediaTypes.length === 0 || status === 204 || status === 304) {
    return { ...base, source: { kind: 'none' }, reason: [why, 'body: none is documented'] };
  }
  const accept = question.wish.mediaType ?? question.accept;
  const media = response.negotiate(accept);
  if (media === undefined) return notAcceptable(response, accept, why);
  const chosen = `media type ${media.mediaType}: ${accept === undefined ? 'the preferred of those documented' : `fits "${accept}"`}`;
  const source = sourceOf(media.plan, question);
  if ('missing' in source) {
    return {
      kind: 'problem',
      status: 404,
      code: 'response.unknown-example',
      detail: `${status} ${media.mediaType} has no example "${source.missing}"; the document names: ${source.known.join(', ') || 'none'}.`,
      reason: [why, chosen],
    };
  }
  return { ...base, media, source: source.source, reason: [why, chosen, `body: ${source.why}`] };
}

function notAcceptable(response: ResponsePlan, accept: string | undefined, why: string): NoAnswer {
  const offered = response.mediaTypes.map((media) => media.mediaType).join(', ');
  return {
    kind: 'problem',
    status: 406,
    code: 'response.not-acceptable',
    detail: `None of the media types that the document lists (${offered}) fits Accept "${accept ?? ''}".`,
    reason: [why, 'media type: none fits'],
  };
}

type Sourced =
  | { readonly source: BodySource; readonly why: string }
  | { readonly missing: string; readonly known: readonly string[] };

function sourceOf(plan: MediaTypePlan, { wish, source, ignoreExamples }: Question): Sourced {
  if (wish.example !== undefined) {
    const example = namedExample(plan, wish.example);
    if (example === undefined) return { missing: wish.example, known: [...plan.object.examples.keys()] };
    return {
      source: { kind: 'example', name: wish.example, example },
      why: `the example "${wish.example}", asked for`,
    };
  }
  const dynamic = wish.dynamic ?? source === 'dynamic';
  if (dynamic) return { source: { kind: 'faker' }, why: 'generated, as dynamic data is asked for' };
  const first = ignoreExamples ? undefined : firstExample(plan);
  if (first !== undefined) {
    return {
      source: { kind: 'example', ...first },
      why: first.name === '' ? 'the documented example' : `the first example, "${first.name}"`,
    };
  }
  if (source === 'static')
    return { source: { kind: 'static' }, why: 'static values, as no example is documented' };
  return { source: { kind: 'faker' }, why: 'generated, as no valid example is documented' };
}
