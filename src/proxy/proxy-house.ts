import type { StreamClient } from '../client/index.ts';
import type { HttpRequest, HttpResponse, Target } from '../http/index.ts';
import type { LeftOut } from '../recording/index.ts';
import type { FallbackCase, ProxyRecorder } from './proxy.ts';
import type { ExchangeJudge } from './traffic/judge-exchange.ts';
import type { Judgement } from './traffic/judgement.ts';
import type { Fate } from './traffic/tally.ts';

/** Where requests go. */
export interface Upstream {
  readonly origin: string;
  /** Goes before each path; without a slash at its end. */
  readonly path: string;
  readonly text: string;
}

/** An exchange that is over, for the judge and the log. Like a judgement, it always has all of its fields. */
export interface Passed {
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly request: HttpRequest;
  /** `undefined` where nobody answered before the client left. */
  readonly response: HttpResponse | undefined;
  /** Whether the answer is the upstream's own. */
  readonly isReal: boolean;
  readonly requestLeftOut: LeftOut | undefined;
  readonly responseLeftOut: LeftOut | undefined;
  /** What was judged already. */
  readonly judgement: Judgement | undefined;
  /** Whether the request was refused (with `errors`) or the answer replaced. */
  readonly fate: Fate | undefined;
  readonly reason: readonly string[];
}

/** What all requests of one proxy share. */
export interface ProxyHouse {
  readonly upstream: Upstream;
  readonly client: StreamClient;
  readonly judge: ExchangeJudge;
  readonly judgeLimit: number;
  readonly errors: boolean;
  /** Whether answers wait until they are judged. */
  readonly holds: boolean;
  readonly fallback: Target | undefined;
  readonly fallbackOn: ReadonlySet<FallbackCase>;
  readonly recorder: ProxyRecorder | undefined;
  /** Takes an exchange that is over; judges it later. */
  readonly passed: (passed: Passed) => void;
  readonly onError: (error: unknown) => void;
}
