import type { Finding } from '../../core/index.ts';
import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import type { Exchange } from '../../http/index.ts';
import type { Judgement } from './judge-exchange.ts';

/** One thing that breaks the document, however often it was seen, with the first exchange that showed it. */
export interface TrafficFinding {
  readonly finding: Finding;
  /** Absent where the document has none for the request. */
  readonly operation?: ApiOperation;
  readonly exchange: Exchange;
  readonly occurrences: number;
}

/** What was seen of one operation. */
export interface OperationTraffic {
  readonly operation: ApiOperation;
  readonly requests: number;
  /** How often each status came. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Exchanges of which something could not be judged. */
  readonly undecided: number;
}

/** All traffic so far, summed up. */
export interface Traffic {
  readonly requests: number;
  /** Requests that the document has no operation for. */
  readonly unknown: number;
  /** Each operation of the document, in its order, seen or not. */
  readonly operations: readonly OperationTraffic[];
  readonly findings: readonly TrafficFinding[];
  /** Different findings beyond those that are kept. */
  readonly findingsLost: number;
  /** Why something could not be judged, with how often. */
  readonly undecided: ReadonlyMap<string, number>;
}

/** Sums traffic up, in bounded memory. */
export interface Tally {
  add(judgement: Judgement, exchange: Exchange): void;
  traffic(): Traffic;
}

const mostFindings = 1000;
const mostReasons = 100;

/** Bytes of a body that are kept with a finding. */
const keptBody = 256 * 1024;

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Seen {
  requests: number;
  statuses: Map<number, number>;
  undecided: number;
}

/** Makes an empty tally. */
export function createTally(document: ApiDocument): Tally {
  const seen = new Map<ApiOperation, Seen>();
  const findings = new Map<string, Mutable<TrafficFinding>>();
  const lost = new Set<string>();
  const undecided = new Map<string, number>();
  let requests = 0;
  let unknown = 0;

  function addFinding(finding: Finding, exchange: Exchange, operation: ApiOperation | undefined): void {
    const key = keyOf(finding, exchange, operation);
    const known = findings.get(key);
    if (known !== undefined) known.occurrences += 1;
    else if (findings.size >= mostFindings) {
      if (lost.size < mostFindings) lost.add(key);
    } else {
      const kept = keepExchange(exchange);
      const base = { finding, exchange: kept, occurrences: 1 };
      findings.set(key, operation === undefined ? base : { ...base, operation });
    }
  }

  return {
    add(judgement, exchange) {
      const { operation } = judgement;
      requests += 1;
      if (operation === undefined) unknown += 1;
      else {
        const one = seen.get(operation) ?? { requests: 0, statuses: new Map(), undecided: 0 };
        seen.set(operation, one);
        one.requests += 1;
        const { status } = exchange.response;
        one.statuses.set(status, (one.statuses.get(status) ?? 0) + 1);
        if (judgement.undecided.length > 0) one.undecided += 1;
      }
      for (const reason of judgement.undecided) {
        if (undecided.has(reason) || undecided.size < mostReasons)
          undecided.set(reason, (undecided.get(reason) ?? 0) + 1);
      }
      for (const finding of judgement.findings) addFinding(finding, exchange, operation);
    },
    traffic: () => ({
      requests,
      unknown,
      operations: document.operations.map((operation) => ({
        operation,
        ...(seen.get(operation) ?? { requests: 0, statuses: new Map(), undecided: 0 }),
      })),
      findings: [...findings.values()],
      findingsLost: lost.size,
      undecided,
    }),
  };
}

/** The same thing seen again: the same promise broken at the same place, the index of a list and the id of a path aside. */
function keyOf(
  finding: Finding,
  { request, response }: Exchange,
  operation: ApiOperation | undefined,
): string {
  const { code, side, place, origin } = finding;
  const where = operation?.key ?? `${request.method} ${request.target.replace(/[?#].*$/s, '')}`;
  const pointer = place.pointer?.replaceAll(/\/\d+(?=\/|$)/g, '/*') ?? '';
  const promise = origin === undefined ? '' : `${origin.uri}#${origin.pointer}`;
  const status = side === 'response' ? String(response.status) : '';
  const missing = finding.keyword === 'required' ? finding.message : '';
  return [where, side, code, place.part, place.name ?? '', pointer, promise, status, missing].join(' ');
}

function keepExchange({ request, response }: Exchange): Exchange {
  return {
    request: { ...request, body: keepBody(request.body) },
    response: { ...response, body: keepBody(response.body) },
  };
}

/** A copy, because a small body would keep alive the large piece of memory that it was read into. */
function keepBody(body: Uint8Array): Uint8Array {
  return Buffer.from(body.subarray(0, keptBody));
}
