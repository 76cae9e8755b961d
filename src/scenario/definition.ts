/** A scenario as a file or code gives it: rules that answer, faults that happen, and the states they go through. */
export interface ScenarioDefinition {
  /** Default: the file's name without its ending. */
  readonly name?: string;
  readonly description?: string;
  /** The state that each session begins in. Default `start`. */
  readonly state?: string;
  /** Tried in order; the first that fits answers. */
  readonly rules?: readonly RuleDefinition[];
  readonly faults?: readonly FaultDefinition[];
}

/** Which requests are answered, and how. */
export interface RuleDefinition {
  readonly name?: string;
  /** Operations by operationId or key (`GET /path`); `*` stands for any text. */
  readonly on: string | readonly string[];
  readonly when?: MatchDefinition;
  /** One answer, or the answers to the first, the second, … request that fits. The last one stays. */
  readonly reply: ReplyDefinition | readonly ReplyDefinition[];
}

/** A value that is equal to what was sent, a JSON Schema that it satisfies, or `{ absent: true }`: nothing was sent. */
export type Expected =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | Readonly<Record<string, unknown>>;

/** What a request must be like. All that is named must hold. */
export interface MatchDefinition {
  readonly path?: Readonly<Record<string, Expected>>;
  readonly query?: Readonly<Record<string, Expected>>;
  readonly headers?: Readonly<Record<string, Expected>>;
  readonly cookies?: Readonly<Record<string, Expected>>;
  /** What the body contains; under keys that begin with `$`, JSONPaths, what is expected there. */
  readonly body?: unknown;
  /** A JSON Schema that the whole body satisfies. */
  readonly bodySchema?: unknown;
  /** The scenario is in this state, or in one of these. */
  readonly state?: string | readonly string[];
  /** The n-th request of the session that fits in all else. */
  readonly count?: number | CountDefinition;
}

/** Which of the requests that fit: from one to another, or every so many-th. Counted from 1. */
export interface CountDefinition {
  readonly from?: number;
  readonly to?: number;
  readonly every?: number;
}

/** An answer. Without status, example and body it is the one that would have been given anyway. */
export interface ReplyDefinition {
  readonly status?: number;
  /** A named example of the document. */
  readonly example?: string;
  readonly body?: unknown;
  /** A JSON merge patch; under keys that begin with `$`, JSONPaths, the values to set there. */
  readonly patch?: Readonly<Record<string, unknown>>;
  /** `null` takes a header away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly delay?: LatencyDefinition;
  /** Says that nothing is changed. */
  readonly passthrough?: true;
  /** How many requests this answer is for. Default: one, and for the last of a sequence all that come. */
  readonly times?: number;
  /** The state that the scenario goes to. */
  readonly goto?: string;
  readonly fault?: FaultEffect;
  /** The answer may break the document. */
  readonly breaks?: boolean;
}

/** Milliseconds: a number, or a distribution that they are drawn from. */
export type LatencyDefinition =
  | number
  | { readonly fixed: number }
  | { readonly uniform: readonly [number, number] }
  | { readonly normal: { readonly mean: number; readonly deviation: number } }
  | { readonly lognormal: { readonly median: number; readonly p95: number } }
  | { readonly percentiles: Readonly<Record<string, number>> };

/** What goes wrong with an answer. */
export interface FaultEffect {
  /** Milliseconds before the answer. */
  readonly latency?: LatencyDefinition;
  /** Answered in place of what would have been; nothing is created, changed or deleted. */
  readonly status?: number;
  /** Seconds, in the header `Retry-After`. Default for 429: 1. */
  readonly retryAfter?: number;
  /** The connection ends before the answer's headers, or in the middle of its body. */
  readonly cut?: 'before-headers' | 'mid-body';
  /** Bytes of the body per second. */
  readonly slow?: number;
  /** Half the body, none of it, a page of HTML in its place, or bytes that are no text. */
  readonly wrong?: 'truncated' | 'empty' | 'html' | 'garbage';
}

/** A fault: which requests meet it, how often, and what happens then. */
export interface FaultDefinition extends FaultEffect {
  readonly name?: string;
  /** Default: every operation. */
  readonly on?: string | readonly string[];
  readonly when?: MatchDefinition;
  /** The share of the requests that fit: 0 to 1, or a percentage such as `5%`. Default: all. */
  readonly rate?: number | string;
}
