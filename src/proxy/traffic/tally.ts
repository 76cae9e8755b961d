import type { Finding } from '../../core/index.ts';
import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import type { Exchange } from '../../http/index.ts';
import type { ParameterValues } from '../../request/index.ts';
import type { Judgement } from './judgement.ts';

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
  /** Requests that the server answered. */
  readonly requests: number;
  /** Requests that were refused in its place. */
  readonly refused: number;
  /** How often each status came. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The documented parameters that were sent, as `query.page`. */
  readonly parameters: ReadonlySet<string>;
  /** Exchanges of which something could not be judged. */
  readonly undecided: number;
}

/** All traffic so far, summed up. */
export interface Traffic {
  /** Requests that the server answered. */
  readonly requests: number;
  /** Requests that were refused in its place: they were judged, and not passed on. */
  readonly refused: number;
  /** Answers that were replaced by a refusal: they were judged, and not passed back. */
  readonly replaced: number;
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
  add(judgement: Judgement, exchange: Exchange, fate?: Fate | undefined): void;
  traffic(): Traffic;
}

/** What became of an exchange that was not let through: the request was refused, or the answer was replaced. */
export type Fate = 'refused' | 'replaced';

const mostFindings = 1000;
const mostReasons = 100;

/** Bytes of a body that are kept with a finding. */
const keptBody = 256 * 1024;

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Seen {
  requests: number;
  refused: number;
  statuses: Map<number, number>;
  /** By their place, the names of parameters. */
  parameters: { readonly [Place in keyof ParameterValues]: Set<string> };
  undecided: number;
}

function nothingSeen(): Seen {
  const parameters = {
    path: new Set<string>(),
    query: new Set<string>(),
    header: new Set<string>(),
    cookie: new Set<string>(),
  };
  return { requests: 0, refused: 0, statuses: new Map(), parameters, undecided: 0 };
}

/** Makes an empty tally. */
export function createTally(document: ApiDocument): Tally {
  const seen = new Map<ApiOperation, Seen>();
  const findings = new Map<string, Mutable<TrafficFinding>>();
  const lost = new Set<string>();
  const undecided = new Map<string, number>();
  let requests = 0;
  let unknown = 0;
  let refused = 0;
  let replaced = 0;

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
    add(judgement, exchange, fate) {
      const { operation } = judgement;
      if (fate === 'refused') refused += 1;
      else requests += 1;
      if (fate === 'replaced') replaced += 1;
      if (operation === undefined) unknown += 1;
      else {
        const one = seen.get(operation) ?? nothingSeen();
        seen.set(operation, one);
        count(one, judgement, fate === 'refused' ? undefined : exchange.response.status);
      }
      for (const reason of judgement.undecided) {
        if (undecided.has(reason) || undecided.size < mostReasons)
          undecided.set(reason, (undecided.get(reason) ?? 0) + 1);
      }
      for (const finding of judgement.findings) addFinding(finding, exchange, operation);
    },
    traffic: () => ({
      requests,
      refused,
      replaced,
      unknown,
      operations: document.operations.map((operation) => {
        const { parameters, ...counts } = seen.get(operation) ?? nothingSeen();
        return { operation, ...counts, parameters: placedNames(parameters) };
      }),
      findings: [...findings.values()],
      findingsLost: lost.size,
      undecided,
    }),
  };
}

/** No status: the server was not asked. */
function count(seen: Seen, { undecided, given }: Judgement, status: number | undefined): void {
  if (given !== undefined) noteParameters(seen.parameters, given);
  if (status === undefined) seen.refused += 1;
  else {
    seen.requests += 1;
    seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1);
  }
  if (undecided.length > 0) seen.undecided += 1;
}

const places = ['path', 'query', 'header', 'cookie'] as const;

function noteParameters(seen: Seen['parameters'], given: ParameterValues): void {
  for (const place of places) for (const name in given[place]) seen[place].add(name);
}

function placedNames(seen: Seen['parameters']): Set<string> {
  return new Set(places.flatMap((place) => [...seen[place]].map((name) => `${place}.${name}`)));
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
