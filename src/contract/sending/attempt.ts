import { isWireFailure } from '../../client/index.ts';
import type { HttpRequest, Target } from '../../http/index.ts';
import type { Outcome } from './outcome.ts';

/** Who is asked, and for how long. */
export interface Attempt {
  readonly target: Target;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** A target that is a function of the user's may throw, or never answer: both are an answer that did not come. */
export async function attempt(options: Attempt, request: HttpRequest): Promise<Outcome> {
  const reason = `no answer within ${options.timeout} ms`;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    const giveUp = (): void => resolve({ kind: 'none', why: 'timeout', reason, request });
    timer = setTimeout(giveUp, options.timeout + 500);
  });
  try {
    const sending = options.target(request, options.signal === undefined ? {} : { signal: options.signal });
    const answered = Promise.resolve(sending).then(
      (response): Outcome => ({ kind: 'answered', exchange: { request, response }, status: response.status }),
      (error: unknown) => failureOf(error, request),
    );
    return await Promise.race([answered, late]);
  } catch (error) {
    return failureOf(error, request);
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(error: unknown, request: HttpRequest): Outcome {
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'none', why: isWireFailure(error) ? error.kind : 'error', reason, request };
}
