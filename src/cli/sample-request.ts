import { createRandom } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import { compilePlan } from '../plan/index.ts';
import { sampleRequest } from '../request/index.ts';
import { basePath, type CallSampler, type SampleCall } from './sample-call.ts';
import { sampleCredentials } from './sample-credentials.ts';

/** What sample requests are drawn from. */
export interface RequestSamplerOptions {
  readonly seed: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly credentials?: Readonly<Record<string, string>>;
  /** Makes the call of an operation for which no valid request can be made. */
  readonly fallback: CallSampler;
}

/** A sampler whose calls the document accepts: all that is required, in its styles, with a body where one must be sent. */
export function createRequestSampler(document: ApiDocument, options: RequestSamplerOptions): CallSampler {
  const plan = compilePlan(document);
  const random = createRandom(options.seed).fork('sample');
  return (operation, baseUrl) => {
    try {
      const context = { random: random.fork(operation.key), now: options.now };
      const destination = { origin: baseUrl, basePath: basePath(operation) };
      const request = sampleRequest(plan.compile(operation), context, destination);
      const keys = sampleCredentials(operation, document, options.credentials ?? {});
      return {
        method: request.method,
        url: withQuery(`${baseUrl}${request.target}`, keys.query),
        headers: [...request.headers, ...keys.headers],
        ...bodyOf(request.body),
      };
    } catch {
      return options.fallback(operation, baseUrl);
    }
  };
}

function withQuery(url: string, query: readonly string[]): string {
  if (query.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`;
}

/** A body that is no text cannot stand in a command and is left out. */
function bodyOf(bytes: Uint8Array): Pick<SampleCall, 'body'> {
  if (bytes.length === 0) return {};
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? {} : { body: text };
  } catch {
    return {};
  }
}
