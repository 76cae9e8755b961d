import { HeaderList, type HttpRequest, type HttpResponse, problem, type Target } from '../../http/index.ts';
import {
  createRedactor,
  type RecordedExchange,
  type Redactor,
  redactExchange,
  type Secrets,
} from '../../recording/index.ts';
import { nearestRequest } from './nearest-request.ts';
import { keyText, type RequestKey, requestKey } from './request-key.ts';

/** How a recording is served. */
export interface ReplayOptions {
  /** Answers what was not recorded, such as `mock.send`. Without it that is a 404. */
  readonly fallback?: Target;
  /** What was hidden in the recording beside the usual names: requests are compared without it. */
  readonly secrets?: Secrets;
}

/** A recording that answers. */
export interface Replay {
  readonly send: Target;
  /** How many different requests it knows. */
  readonly size: number;
  /** Begins every sequence anew. */
  reset(): void;
}

interface Sequence {
  readonly key: RequestKey;
  readonly responses: HttpResponse[];
  next: number;
}

/**
 * Serves recorded answers to the requests that got them: the same method, path, query and body. A request that was recorded
 * several times gets its answers in order, and the last one from then on.
 */
export function createReplay(
  exchanges: Iterable<RecordedExchange>,
  { fallback, secrets }: ReplayOptions = {},
): Replay {
  const redactor = createRedactor(secrets);
  const sequences = new Map<string, Sequence>();
  for (const recorded of exchanges) {
    const key = keyOf(recorded.exchange.request, redactor);
    const text = keyText(key);
    const sequence = sequences.get(text) ?? { key, responses: [], next: 0 };
    sequence.responses.push(responseOf(recorded));
    sequences.set(text, sequence);
  }
  return {
    size: sequences.size,
    reset() {
      for (const sequence of sequences.values()) sequence.next = 0;
    },
    async send(request, options) {
      const key = keyOf(request, redactor);
      const sequence = sequences.get(keyText(key));
      if (sequence !== undefined) return nextOf(sequence);
      if (fallback !== undefined) return filled(await fallback(request, options));
      return notRecorded(request, key, sequences);
    },
  };
}

/** A recording may have had its secrets taken out, so that those of requests cannot count. */
function keyOf(request: HttpRequest, redactor: Redactor): RequestKey {
  const response = { status: 200, headers: new HeaderList(), body: new Uint8Array() };
  return requestKey(redactExchange({ request, response }, redactor).request);
}

function nextOf(sequence: Sequence): HttpResponse {
  const { responses, next } = sequence;
  sequence.next = Math.min(next + 1, responses.length - 1);
  return responses[next] ?? (responses.at(-1) as HttpResponse);
}

/** Framing is the server's own to say. */
function responseOf({ exchange: { response }, responseLeftOut }: RecordedExchange): HttpResponse {
  if (responseLeftOut !== undefined) {
    const detail = `Cannot replay the answer: its body is not in the recording, because it ${responseLeftOut.reason}. Record it again.`;
    return problem(501, { type: 'urn:apidouble:problem:replay.body-missing', detail });
  }
  const headers = response.headers.without('transfer-encoding').without('connection').without('keep-alive');
  return { ...response, headers };
}

function filled(response: HttpResponse): HttpResponse {
  const reason = 'not recorded: filled from the mock';
  return { ...response, headers: HeaderList.from([...response.headers, ['apidouble-reason', reason]]) };
}

function notRecorded(
  { method, target }: HttpRequest,
  key: RequestKey,
  sequences: ReadonlyMap<string, Sequence>,
): HttpResponse {
  const near = nearestRequest(
    key,
    (function* () {
      for (const sequence of sequences.values()) yield sequence.key;
    })(),
  );
  const hint =
    near === undefined
      ? ' It holds no request at all.'
      : ` The nearest is ${near.key.method} ${near.key.path}: ${near.difference}.`;
  return problem(404, {
    type: 'urn:apidouble:problem:replay.not-recorded',
    title: 'The request was not recorded',
    detail: `The recording has no answer to ${method} ${target}.${hint}`,
    ...(near === undefined
      ? {}
      : {
          nearest: {
            method: near.key.method,
            path: near.key.path,
            query: near.key.query,
            body: near.key.body.slice(0, 1000),
          },
        }),
  });
}
