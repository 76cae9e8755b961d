import { type Finding, packageVersion } from '../../core/index.ts';
import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import { type Exchange, splitTarget } from '../../http/index.ts';
import { type RedactedExchange, redactTold, type Secrets } from '../../recording/index.ts';
import { createSecondOpinion } from '../../second-opinion/index.ts';
import { aspectOf } from '../judging/aspect.ts';
import { gradeRules, obligationsOf, referenceOf } from '../planning/obligation.ts';
import { findingsByObligation } from '../report/group-findings.ts';
import type {
  ContractFinding,
  Coverage,
  Grade,
  Obligation,
  ObligationResult,
  Report,
  ReportedPlace,
  Verdict,
} from '../report.ts';
import { countVerdicts, documentOf } from './make-report.ts';
import { createRedactor, type Redactor } from './redact.ts';

/** Traffic that somebody else had with a server, summed up: what a proxy saw, or what a recording holds. */
export interface ObservedTraffic {
  readonly document: ApiDocument;
  /** Where it went: a URL, or the name of a recording. */
  readonly target: string;
  /** Where it was seen. */
  readonly source: NonNullable<Report['source']>;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly requests: number;
  readonly operations: readonly {
    readonly operation: ApiOperation;
    readonly requests: number;
    /** Requests that were judged and refused, in the server's place. */
    readonly refused: number;
    readonly statuses: ReadonlyMap<number, number>;
    /** The documented parameters that were sent, as `query.page`. */
    readonly parameters: ReadonlySet<string>;
    readonly undecided: number;
  }[];
  readonly findings: readonly {
    readonly finding: Finding;
    /** Absent where the document has none for the request. */
    readonly operation?: ApiOperation;
    readonly exchange: Exchange;
    readonly occurrences: number;
  }[];
  readonly notes: readonly string[];
  /** What is kept out of the report, beside the usual names. */
  readonly secrets?: Secrets;
  /** Asks Prism about each finding too. */
  readonly engineOpinion?: boolean;
  readonly grades?: Readonly<Record<string, Grade>>;
}

type Observed = ObservedTraffic['findings'][number];

interface RedactedObserved extends Observed {
  /** What is secret for its name is out of it; the redactor is for the parts of what is left. */
  readonly redaction: RedactedExchange & { readonly redactor: Redactor };
}

const checks = ['request', 'status', 'media-type', 'headers', 'body'] as const;
type Check = (typeof checks)[number];

const titles: Readonly<Record<Check, string>> = {
  request: 'requests keep to the document',
  status: 'each status is documented',
  'media-type': 'the media type is documented',
  headers: 'documented headers are there, and valid',
  body: 'bodies satisfy their schema',
};

/**
 * The report of traffic, in the shape of a contract run's: the same ids, reporters, baselines and exit status. An operation that was
 * not seen is skipped, and one of which something could not be judged is inconclusive.
 */
export async function reportTraffic(traffic: ObservedTraffic): Promise<Report> {
  const { document, target, source, startedAt, seconds, requests, notes } = traffic;
  const duties = new Map(traffic.operations.map(({ operation }) => [operation, dutiesOf(operation)]));
  const gradeOf = grader(traffic.grades);
  const redactor = createRedactor({ document, target: '' }, traffic.secrets?.values);
  const observed = traffic.findings.map((one) => ({
    ...one,
    redaction: { ...redactTold(one.exchange, traffic.secrets), redactor },
  }));
  const named = withFreeIds(observed.map((one) => makeFinding(one, { duties, gradeOf, document })));
  const findings = traffic.engineOpinion === true ? await askPrism(named, observed, document) : named;
  const results = [...resultsOf(traffic, duties, findings), ...unknownResults(findings)];
  return {
    version: 1,
    tool: { name: 'apidouble', version: packageVersion() },
    document: documentOf(document),
    target: { url: target, basePath: '', basePathFrom: 'target' },
    source,
    seed: '',
    startedAt: new Date(startedAt).toISOString(),
    seconds,
    requests,
    obligations: countVerdicts(results, findings),
    coverage: coverageOf(traffic),
    results,
    findings,
    notes,
    traffic: traffic.operations.map(({ operation, requests: count, statuses }) => ({
      operation: operation.key,
      requests: count,
      statuses: Object.fromEntries([...statuses].map(([status, seen]) => [String(status), seen])),
    })),
  };
}

type Duties = ReadonlyMap<Check, Obligation>;

function dutiesOf(operation: ApiOperation): Duties {
  const make = obligationsOf(referenceOf(operation));
  return new Map(
    checks.map((check) => [
      check,
      make({ group: 'exchange', id: `exchange/${check}`, check: `exchange.${check}`, title: titles[check] }),
    ]),
  );
}

function checkOf({ side, code, place }: Finding): Check {
  if (side === 'request') return 'request';
  if (code === 'response.undocumented-status') return 'status';
  if (code === 'response.media-type' || code === 'response.body-missing') return 'media-type';
  return place.part === 'header' ? 'headers' : 'body';
}

/** Grades findings: as the user says of their check, else by what they are. */
function grader(
  grades: Readonly<Record<string, Grade>> = {},
): (observed: Observed, obligation: Obligation | undefined) => Grade {
  const rules = new Map<ApiOperation, (check: string) => Grade | undefined>();
  return (observed, obligation) => {
    const { operation } = observed;
    if (operation === undefined || obligation === undefined) return usualGrade(observed);
    const given = rules.get(operation) ?? gradeRules(referenceOf(operation), grades);
    rules.set(operation, given);
    return given(obligation.check) ?? usualGrade(observed);
  };
}

/** What a request breaks weighs less where the server refused it: then only the client has to change. */
function usualGrade({ finding, exchange }: Observed): Grade {
  if (finding.severity !== 'error') return 'should';
  const wasRefused = exchange.response.status >= 400;
  return finding.side === 'request' && wasRefused ? 'should' : 'must';
}

interface FindingParts {
  readonly duties: ReadonlyMap<ApiOperation, Duties>;
  readonly gradeOf: ReturnType<typeof grader>;
  readonly document: ApiDocument;
}

function makeFinding(
  observed: RedactedObserved,
  { duties, gradeOf, document }: FindingParts,
): ContractFinding {
  const { finding, operation, occurrences, redaction } = observed;
  const { exchange, redactor } = redaction;
  const { method } = exchange.request;
  const path = operation?.path ?? splitTarget(exchange.request.target).path;
  const obligation = operation === undefined ? undefined : duties.get(operation)?.get(checkOf(finding));
  const broken = obligation?.id ?? `${method} ${path}/route`;
  const place = placeOf(finding, document);
  const { status } = exchange.response;
  return {
    id:
      obligation === undefined
        ? broken
        : `${broken}#${aspectOf(finding, { check: checkOf(finding), status })}`,
    check: obligation?.check ?? 'exchange.route',
    operation: {
      method: operation?.method ?? method,
      path,
      ...(operation?.operationId === undefined ? {} : { operationId: operation.operationId }),
    },
    grade: gradeOf(observed, obligation),
    title: obligation?.title ?? 'each request is of the document',
    message: redaction.text(finding.message),
    cause: `${finding.code} of ${operation === undefined ? `${method} ${path}` : operation.key}`,
    labels: [],
    secondOpinion: 'silent',
    expected: redaction.text(finding.expected ?? 'what the document says'),
    seen: redaction.text(finding.seen ?? 'something else'),
    request: redactor.request(withoutHost(exchange.request)),
    response: redactor.response(exchange.response),
    ...(place === undefined ? {} : { document: place }),
    occurrences,
    instances: [{ obligation: broken, statuses: [status] }],
  };
}

/** Whom the client took the server for is of no use to those who send the request again. */
function withoutHost(request: Exchange['request']): Exchange['request'] {
  return { ...request, headers: request.headers.without('host').without('content-length') };
}

function placeOf({ origin }: Finding, document: ApiDocument): ReportedPlace | undefined {
  if (origin === undefined) return undefined;
  const { file, line, column, pointer } = document.locate(origin);
  return { file, line, column, pointer };
}

/** Several findings of one obligation are told apart by a number. */
function withFreeIds(findings: readonly ContractFinding[]): ContractFinding[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const count = (counts.get(finding.id) ?? 0) + 1;
    counts.set(finding.id, count);
    return count === 1 ? finding : { ...finding, id: `${finding.id}#${count}` };
  });
}

async function askPrism(
  findings: readonly ContractFinding[],
  seen: readonly RedactedObserved[],
  document: ApiDocument,
): Promise<ContractFinding[]> {
  const operations = new Set(seen.flatMap(({ operation }) => operation ?? []));
  if (operations.size === 0) return [...findings];
  const engine = await createSecondOpinion(document, { operations: [...operations] });
  return findings.map((finding, index) => {
    const observed = seen[index];
    if (observed?.operation === undefined) return finding;
    const { opinion, prism } = engine.judge(observed.operation, observed.exchange, observed.finding);
    const theirs = observed.redaction.text(prism);
    const opinions = opinion === 'disputed' ? { opinions: { ours: finding.message, prism: theirs } } : {};
    return { ...finding, secondOpinion: opinion, ...opinions };
  });
}

function resultsOf(
  traffic: ObservedTraffic,
  duties: ReadonlyMap<ApiOperation, Duties>,
  findings: readonly ContractFinding[],
): ObligationResult[] {
  const failed = findingsByObligation(findings);
  return traffic.operations.flatMap(({ operation, requests, refused, undecided }) =>
    [...(duties.get(operation)?.values() ?? [])].map((obligation): ObligationResult => {
      const finding = failed.get(obligation.id)?.[0]?.id;
      const verdict: Verdict =
        finding !== undefined
          ? { kind: 'failed', finding }
          : requests === 0
            ? { kind: 'skipped', reason: refused > 0 ? 'its requests were refused' : 'it was not seen' }
            : undecided >= requests
              ? { kind: 'inconclusive', reason: 'no exchange of it could be judged whole' }
              : { kind: 'passed' };
      return { obligation, verdict };
    }),
  );
}

/** Requests that the document knows nothing of are obligations that nobody planned. */
function unknownResults(findings: readonly ContractFinding[]): ObligationResult[] {
  return findings
    .filter(({ check }) => check === 'exchange.route')
    .map(({ id, check, title, operation }) => {
      const { method, path } = operation;
      const reference = { key: `${method} ${path}`, method, path, tags: [] };
      const obligation: Obligation = {
        id,
        check,
        title,
        group: 'exchange',
        grade: 'should',
        operation: reference,
      };
      return { obligation, verdict: { kind: 'failed', finding: id } };
    });
}

function coverageOf({ operations }: ObservedTraffic): Coverage {
  const documented = operations.flatMap(({ operation, statuses }) =>
    [...operation.responses.keys()].map((pattern) =>
      [...statuses.keys()].some(
        (one) => pattern === String(one) || pattern === `${Math.floor(one / 100)}XX` || pattern === 'default',
      ),
    ),
  );
  return {
    operations: {
      promised: operations.length,
      tried: operations.filter(({ requests, refused }) => requests + refused > 0).length,
    },
    statusCodes: { promised: documented.length, tried: documented.filter(Boolean).length },
    parameters: {
      promised: operations.reduce((sum, { operation }) => sum + operation.parameters.length, 0),
      tried: operations.reduce((sum, { parameters }) => sum + parameters.size, 0),
    },
    // Nobody tried them on purpose.
    keywords: { promised: 0, tried: 0 },
  };
}
