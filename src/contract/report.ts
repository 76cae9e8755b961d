import type { Exchange } from '../http/index.ts';

/** How much a broken promise weighs: `must` fails a run by default, `should` warns, `may` is off unless asked for. */
export type Grade = 'must' | 'should' | 'may';

/** What an obligation looks at. */
export type ObligationGroup =
  | 'exchange'
  | 'accepted'
  | 'rejected'
  | 'lifecycle'
  | 'credentials'
  | 'concurrency';

/** The operation that an obligation is about. */
export interface OperationReference {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly operationId?: string;
  readonly tags: readonly string[];
}

/**
 * One promise of the document that a run can hold a server to. Computed before any request is sent; the id is stable
 * and readable (`events_events_list/query.page_size/maximum/rejected`): the name of the test, the row of the coverage
 * table, the key of the baseline.
 */
export interface Obligation {
  readonly id: string;
  readonly group: ObligationGroup;
  /** The kind of check, for `--include` and the grades: `rejected.maximum`, `exchange.status`, `lifecycle.put-replaces`. */
  readonly check: string;
  readonly operation: OperationReference;
  readonly grade: Grade;
  /** One sentence, for a person: `a page_size above 100 is refused`. */
  readonly title: string;
}

/** What became of an obligation. Inconclusive is never green. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly finding: string }
  | { readonly kind: 'inconclusive'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string };

/** An obligation with its verdict. */
export interface ObligationResult {
  readonly obligation: Obligation;
  readonly verdict: Verdict;
}

/** Bytes of a message as the report holds them: text where they are text, cut at 64 KiB. */
export interface ReportedBody {
  readonly encoding: 'utf8' | 'base64';
  readonly content: string;
  /** The length before it was cut, in bytes; absent where nothing was. */
  readonly cutFrom?: number;
}

/** A request as a report shows it. */
export interface ReportedRequest {
  readonly method: string;
  readonly url: string;
  /** Credentials are redacted. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: ReportedBody;
  /** A command to paste into a shell. */
  readonly curl: string;
}

/** The answer to it. */
export interface ReportedResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: ReportedBody;
}

/** The place in the document whose promise was broken. */
export interface ReportedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

/** What a second engine says of a finding; silent where it does not look at such things. */
export type SecondOpinion = 'confirmed' | 'disputed' | 'silent';

/** How a finding behaved when its requests were sent again. */
export type FindingLabel = 'deterministic' | 'flaky' | 'state-dependent';

/** A broken promise, with all that is needed to see it oneself. */
export interface ContractFinding {
  /**
   * The same on each run: the id of the obligation that failed (the first one where several have one cause), with `#` and what is
   * wrong where several things can be (`showPet/exchange/body#Pet.age.minimum`); `addPet/body/unchecked` of a part that is not checked.
   */
  readonly id: string;
  readonly check: string;
  readonly operation: { readonly method: string; readonly path: string; readonly operationId?: string };
  readonly grade: Grade;
  readonly title: string;
  /** One sentence: what the server did that the document does not allow. */
  readonly message: string;
  /** What findings with the same root have in common: `GET /events/ does not check its query parameters as documented`. */
  readonly cause: string;
  readonly labels: readonly FindingLabel[];
  readonly secondOpinion: SecondOpinion;
  readonly opinions?: { readonly ours: string; readonly prism: string };
  readonly expected: string;
  readonly seen: string;
  readonly request: ReportedRequest;
  readonly response: ReportedResponse;
  readonly document?: ReportedPlace;
  /** Where it took several requests: each of them in their order, `request` being the last. */
  readonly steps?: readonly ReportedStep[];
  /** How many exchanges showed it. */
  readonly occurrences: number;
  /** Each obligation that it broke, with the statuses of the answers that showed it. */
  readonly instances: readonly FindingInstance[];
}

/** A request on the way to a finding, with the status that answered it. */
export interface ReportedStep {
  readonly request: ReportedRequest;
  readonly status: number;
}

/** Where a finding shows. */
export interface FindingInstance {
  /** The id. */
  readonly obligation: string;
  readonly statuses: readonly number[];
}

/** Promised and tried, of one kind of thing. */
export interface CoverageCount {
  readonly promised: number;
  readonly tried: number;
}

/** How much of the document was tried, each as seen of all. */
export interface Coverage {
  readonly operations: CoverageCount;
  readonly statusCodes: CoverageCount;
  readonly parameters: CoverageCount;
  readonly keywords: CoverageCount;
}

/** The result of a run. Its JSON form is documented by `src/schemas/report.schema.json`; `version` changes when that does. */
export interface Report {
  readonly version: 1;
  readonly tool: { readonly name: 'apidouble'; readonly version: string };
  readonly document: { readonly uri: string; readonly title: string; readonly version: string };
  readonly target: {
    readonly url: string;
    readonly basePath: string;
    readonly basePathFrom: 'target' | 'document';
  };
  /** Empty where others sent the requests. */
  readonly seed: string;
  /** A date-time. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly requests: number;
  readonly obligations: {
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly warned: number;
    readonly inconclusive: number;
    readonly skipped: number;
  };
  readonly coverage: Coverage;
  readonly results: readonly ObligationResult[];
  readonly findings: readonly ContractFinding[];
  /** What a person should know of the run: refused positive cases, what was cut, what was left behind. */
  readonly notes: readonly string[];
  /** Of traffic that others had: where it was seen. */
  readonly source?: 'proxy' | 'recording';
  /** Of traffic that others had: what was seen of each operation. */
  readonly traffic?: readonly SeenOperation[];
}

/** How often an operation was asked, and what it answered. */
export interface SeenOperation {
  /** The key. */
  readonly operation: string;
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly obligations: readonly Obligation[] }
  | {
      readonly kind: 'operation';
      readonly operation: OperationReference;
      readonly index: number;
      readonly count: number;
    }
  | {
      readonly kind: 'exchange';
      readonly obligation?: string;
      readonly exchange: Exchange;
      readonly milliseconds: number;
    }
  /** A promise is seen broken for the first time. Of these the findings are made at the end; those of one cause are one finding. */
  | { readonly kind: 'broken'; readonly obligation: Obligation; readonly cause: string }
  | { readonly kind: 'verdict'; readonly result: ObligationResult }
  | { readonly kind: 'finding'; readonly finding: ContractFinding }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'finished'; readonly report: Report };

/** A listener on a run: it writes what it has to say where it was told to. */
export interface Reporter {
  onEvent(event: RunEvent): void;
}
