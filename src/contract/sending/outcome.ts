import type { WireFailureKind } from '../../client/index.ts';
import type { Exchange, HttpRequest } from '../../http/index.ts';

/** What came of a request. */
export type Outcome = Answered | Unanswered;

/** A whole answer came. */
export interface Answered {
  readonly kind: 'answered';
  readonly exchange: Exchange;
  readonly status: number;
}

/** None came, and why. */
export interface Unanswered {
  readonly kind: 'none';
  readonly why: WireFailureKind | 'error' | 'budget';
  readonly reason: string;
  readonly request: HttpRequest;
}
