/** What came of one operation. */
export interface Outcome {
  /** `GET /path` */
  readonly operation: string;
  readonly result: 'valid' | 'failed' | 'unsatisfiable' | 'disabled';
  /** Why it failed, as one of a few classes; for the table. */
  readonly failure?: FailureClass;
  readonly reason?: string;
  /** What only Prism holds against a message that the other judge accepts. */
  readonly dispute?: { readonly side: 'request' | 'response'; readonly reason: string };
  /** JSON Schema alone would refuse the message, because branches of a oneOf overlap. */
  readonly byDiscriminator?: true;
  /** What neither judge could decide. */
  readonly undecided?: string;
}

export type FailureClass =
  | 'document refused'
  | 'no request could be made'
  | 'request is invalid'
  | 'request refused'
  | 'answer is a 5xx'
  | 'unexpected status'
  | 'answer is invalid'
  | 'crash'
  | 'hang';

/** What a worker is asked to do. */
export interface WorkOrder {
  readonly name: string;
  readonly file: string;
  /** Operations that were judged before a worker was lost. */
  readonly done: readonly string[];
}

/** What a worker says while it works. */
export type WorkReport =
  | { readonly kind: 'document'; readonly operations: number }
  | { readonly kind: 'starting'; readonly operation: string }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'done' };

/** Everything about one document. */
export interface DocumentResult {
  readonly name: string;
  readonly operations: number;
  readonly seconds: number;
  readonly outcomes: readonly Outcome[];
}
