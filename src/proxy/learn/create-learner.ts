import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import {
  type HttpResponse,
  parseMediaType,
  percentDecode,
  splitTarget,
  undoCoding,
} from '../../http/index.ts';
import { compilePlan, inferResources, type MediaTypePlan, type Resource } from '../../plan/index.ts';
import type { RecordedExchange } from '../../recording/index.ts';
import type { ExchangeJudge } from '../traffic/judge-exchange.ts';
import { createExampleBook, type LearnedExample } from './example-book.ts';
import { thingsIn } from './things-in.ts';

/** Values of real traffic, as a mock can take them up. */
export interface Learned {
  /** The things of each resource at the end of the traffic, by the resource's noun: what `--fixtures` reads. */
  readonly things: ReadonlyMap<string, readonly unknown[]>;
  /** Answers as named examples of the document. */
  readonly examples: readonly LearnedExample[];
  /** Exchanges that nothing was learned from, by the reason. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** Learns from exchanges, in the order that they were had. */
export interface Learner {
  add(recorded: RecordedExchange): void;
  learned(): Learned;
}

/**
 * Takes things and examples out of traffic. Only answers that keep the document count; a thing that was changed is kept as it
 * was seen last, and one that was deleted is not kept.
 */
export function createLearner(document: ApiDocument, judge: ExchangeJudge): Learner {
  const plan = compilePlan(document);
  const resources = inferResources(document);
  const things = new Map<Resource, Map<string, unknown>>();
  const book = createExampleBook(document);
  const skipped = new Map<string, number>();

  function learnThings(operation: ApiOperation, value: unknown, media: MediaTypePlan, place: string): void {
    const part = resources.get(operation);
    if (part === undefined) return;
    const known = things.get(part.resource) ?? new Map<string, unknown>();
    things.set(part.resource, known);
    for (const { id, thing } of thingsIn(part, value, media, place))
      known.set(id, merged(known.get(id), thing));
  }

  function forget(operation: ApiOperation, target: string): void {
    const part = resources.get(operation);
    if (part?.role === 'delete') things.get(part.resource)?.delete(lastSegment(target));
  }

  function learn({ exchange, responseLeftOut }: RecordedExchange): string | undefined {
    const { request, response } = exchange;
    const { operation, findings } = judge.judgeResponse(request, response);
    if (operation === undefined) return 'the document has no operation for it';
    if (responseLeftOut !== undefined) return `the body of the answer ${responseLeftOut.reason}`;
    const isGood = response.status >= 200 && response.status < 300;
    if (isGood) forget(operation, request.target);
    if (findings.some(({ severity }) => severity === 'error')) return 'its answer breaks the document';
    const contentType = response.headers.get('content-type');
    const media =
      contentType === undefined
        ? undefined
        : plan.compile(operation).responseFor(response.status)?.find(contentType);
    const value = media === undefined ? undefined : jsonOf(response);
    if (media === undefined || value === undefined) return 'its answer is no JSON';
    if (isGood) learnThings(operation, value.json, media, lastSegment(request.target));
    book.add(media.object, { request, status: response.status, value: value.json });
    return undefined;
  }

  return {
    add(recorded) {
      const reason = learn(recorded);
      if (reason !== undefined) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    },
    learned: () => ({ things: byNoun(things), examples: book.examples(), skipped }),
  };
}

/** A list may show less of a thing than its own page does. */
function merged(before: unknown, thing: unknown): unknown {
  const areRecords = [before, thing].every(
    (one) => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
  return areRecords ? { ...(before as object), ...(thing as object) } : thing;
}

function lastSegment(target: string): string {
  const segment = splitTarget(target).path.split('/').filter(Boolean).at(-1) ?? '';
  return percentDecode(segment) ?? segment;
}

function jsonOf(response: HttpResponse): { readonly json: unknown } | undefined {
  const type = parseMediaType(response.headers.get('content-type') ?? '');
  if (type?.subtype !== 'json' && type?.suffix !== 'json') return undefined;
  const uncoded = undoCoding(response);
  if (!('message' in uncoded) || uncoded.message.body.length === 0) return undefined;
  try {
    return { json: JSON.parse(Buffer.from(uncoded.message.body).toString('utf8')) };
  } catch {
    return undefined;
  }
}

/** Of two collections with one noun the one with more things is kept: fixtures go by the noun. */
function byNoun(
  things: ReadonlyMap<Resource, ReadonlyMap<string, unknown>>,
): Map<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  for (const [{ noun }, known] of things) {
    const list = [...known.values()];
    if (list.length > (found.get(noun)?.length ?? 0)) found.set(noun, list);
  }
  return found;
}
