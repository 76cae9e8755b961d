import { readFileSync } from 'node:fs';
import { JSON_SCHEMA, load } from 'js-yaml';
import { createRandom } from '../../src/core/index.ts';
import type { ApiOperation } from '../../src/document/index.ts';
import { HeaderList, type HttpRequest, type HttpResponse } from '../../src/http/index.ts';
import { createMock, type Mock } from '../../src/mock/index.ts';
import { type ApiPlan, compilePlan } from '../../src/plan/index.ts';
import { sampleRequest } from '../../src/request/index.ts';
import { credentialsFor } from './credentials.ts';
import {
  expectedStatuses,
  judgeRequest,
  judgeResponse,
  type PlainRequest,
  type PlainResponse,
} from './independent/message-judge.ts';
import { createPrismJudge, type PrismJudge } from './independent/prism-judge.ts';
import { type Json, type RawOperation, rawOperations } from './independent/raw-document.ts';
import { createSchemaJudge, type SchemaJudge, type Verdict } from './independent/schema-judge.ts';
import type { Outcome, WorkOrder, WorkReport } from './outcome.ts';

/**
 * In characters of the document. Prism resolves every reference in memory, and goes through the whole document again
 * for each schema that it compiles: past these sizes that is minutes and gigabytes, so there it judges answers only,
 * or nothing. Answers whose schemas are vast when written out are the other judge's alone, whatever the document's size.
 */
const prismLimits = { answers: 3_000_000, requests: 500_000 };
const now = Date.UTC(2024, 0, 1);

interface Bench {
  readonly document: Json;
  readonly mock: Mock;
  readonly plan: ApiPlan;
  readonly prism: PrismJudge | undefined;
  readonly prismReadsRequests: boolean;
  readonly requests: SchemaJudge;
  readonly responses: SchemaJudge;
}

/** Judges every operation of a document and tells each outcome as it comes. Rejects where the mock refuses the document. */
export async function checkDocument(order: WorkOrder, tell: (report: WorkReport) => void): Promise<void> {
  const text = readFileSync(order.file, 'utf8');
  const document = load(text, { schema: JSON_SCHEMA }) as Json;
  const mock = await createMock({ document: order.file, seed: 'fidelity', source: 'dynamic', journal: 0 });
  const bench: Bench = {
    document,
    mock,
    plan: compilePlan(mock.document),
    prism: text.length > prismLimits.answers ? undefined : await prismJudge(text),
    prismReadsRequests: text.length <= prismLimits.requests,
    requests: createSchemaJudge(document, 'request'),
    responses: createSchemaJudge(document, 'response'),
  };
  const raw = rawOperations(document);
  tell({ kind: 'document', operations: raw.size });
  const own = new Map(mock.document.operations.map((one) => [`${one.method} ${one.path}`, one]));
  const done = new Set(order.done);
  for (const [name, operation] of raw) {
    if (done.has(name)) continue;
    tell({ kind: 'starting', operation: name });
    tell({ kind: 'outcome', outcome: await checkOperation(bench, own.get(name), { name, operation }) });
  }
  await mock.close();
}

async function prismJudge(text: string): Promise<PrismJudge | undefined> {
  try {
    return await createPrismJudge(load(text, { schema: JSON_SCHEMA }) as Json);
  } catch {
    return undefined;
  }
}

interface Subject {
  readonly name: string;
  readonly operation: RawOperation;
}

/** Twice: with only what is required, and with everything; the first failure counts. Prism is asked the second time. */
async function checkOperation(
  bench: Bench,
  own: ApiOperation | undefined,
  subject: Subject,
): Promise<Outcome> {
  const { name } = subject;
  if (own === undefined) {
    return {
      operation: name,
      result: 'failed',
      failure: 'document refused',
      reason: 'the mock does not list it',
    };
  }
  const earlier = shadowOf(bench, own);
  if (earlier !== undefined) {
    const reason = `no request reaches it: ${earlier} is the same but for the names of its variables`;
    return { operation: name, result: 'disabled', reason };
  }
  if (own.disabledBy !== undefined) {
    return { operation: name, result: 'disabled', reason: own.disabledBy.message };
  }
  let last: Outcome = { operation: name, result: 'valid' };
  for (const optional of [false, true]) {
    const judges = optional ? bench : { ...bench, prism: undefined };
    last = await checkRequest(judges, own, { ...subject, optional });
    if (last.result !== 'valid') return last;
  }
  return last;
}

/** The operation that answers in the place of this one, because its path is the same and stands first (lint says so). */
function shadowOf({ mock }: Bench, own: ApiOperation): string | undefined {
  const shape = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}');
  const first = mock.document.operations.find(
    (one) => one.method === own.method && shape(one.path) === shape(own.path),
  );
  return first === own ? undefined : first?.key;
}

async function checkRequest(
  bench: Bench,
  own: ApiOperation,
  subject: Subject & { readonly optional: boolean },
): Promise<Outcome> {
  const made = makeRequest(bench, own, subject);
  if ('result' in made) return made;
  const { name: operation } = subject;
  const sent = plainRequest(made);
  const requestVerdict = judgeRequest(bench.document, subject.operation, {
    request: sent,
    judge: bench.requests,
  });
  if (requestVerdict.kind === 'invalid') {
    return { operation, result: 'failed', failure: 'request is invalid', reason: requestVerdict.reason };
  }
  const answer = await bench.mock.send(made);
  const overlap = requestVerdict.kind === 'valid' && requestVerdict.byDiscriminator;
  return {
    ...(overlap ? { byDiscriminator: true } : {}),
    ...judgeAnswer(bench, subject, answer),
    ...disputeOfRequest(bench, subject, sent),
  };
}

function makeRequest(
  { document, plan }: Bench,
  own: ApiOperation,
  { name, operation, optional }: Subject & { readonly optional: boolean },
): HttpRequest | Outcome {
  try {
    const context = { random: createRandom(`${name} ${optional}`), now, optional };
    const destination = { origin: 'http://localhost', basePath: operation.basePath };
    return withCredentials(sampleRequest(plan.compile(own), context, destination), document, operation);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (isProven(reason)) return { operation: name, result: 'unsatisfiable', reason };
    return { operation: name, result: 'failed', failure: 'no request could be made', reason };
  }
}

function withCredentials(request: HttpRequest, document: Json, operation: RawOperation): HttpRequest {
  const { headers: brought, query, cookie } = credentialsFor(document, operation);
  const fields = [...request.headers].filter(
    ([name]) => !brought.some(([other]) => other.toLowerCase() === name.toLowerCase()),
  );
  if (cookie !== '') fields.push(['Cookie', cookie]);
  if (request.body.length > 0) fields.push(['Content-Length', String(request.body.length)]);
  const target = withCredentialsInQuery(request.target, query);
  return { ...request, target, headers: HeaderList.from([...fields, ...brought]) };
}

/** Some documents declare the key of a security scheme as a parameter too, which then holds it already. */
function withCredentialsInQuery(target: string, pairs: readonly (readonly [string, string])[]): string {
  const [path = '', query = ''] = target.split('?');
  const sent = new URLSearchParams(query);
  const missing = pairs
    .filter(([name]) => !sent.has(name))
    .map((pair) => `${new URLSearchParams([[...pair]])}`);
  return missing.length === 0 ? target : `${path}?${[query, ...missing].filter(Boolean).join('&')}`;
}

function judgeAnswer(bench: Bench, { name, operation }: Subject, answer: HttpResponse): Outcome {
  const response = plainResponse(answer);
  const wanted = expectedStatuses(operation);
  if (!wanted.includes(answer.status)) return misfit(name, answer);
  const verdict = judgeResponse(bench.document, operation, { response, judge: bench.responses });
  if (verdict.kind === 'invalid') {
    return { operation: name, result: 'failed', failure: 'answer is invalid', reason: verdict.reason };
  }
  const second = bench.prism?.judgeResponse(name, response);
  const overlap =
    verdict.kind === 'valid' && verdict.byDiscriminator ? { byDiscriminator: true as const } : {};
  const outcome: Outcome = { operation: name, result: 'valid', ...overlap, ...undecidedBy(verdict, second) };
  if (second?.kind !== 'invalid') return outcome;
  return { ...outcome, dispute: { side: 'response', reason: second.reason } };
}

function undecidedBy(first: Verdict, second: Verdict | undefined): { undecided?: string } {
  if (first.kind !== 'undecided' || second?.kind === 'valid') return {};
  return { undecided: first.reason };
}

function misfit(operation: string, answer: HttpResponse): Outcome {
  const text = Buffer.from(answer.body).toString('utf8').slice(0, 600);
  const reason = `${answer.status} ${text}`;
  if (answer.status >= 500) {
    if (isProven(text)) return { operation, result: 'unsatisfiable', reason };
    return { operation, result: 'failed', failure: 'answer is a 5xx', reason };
  }
  const failure = answer.status >= 400 ? 'request refused' : 'unexpected status';
  return { operation, result: 'failed', failure, reason };
}

/** What was only not found in 1,000 tries says so in other words, and counts as a failure. */
function isProven(text: string): boolean {
  return text.includes('This is proven.');
}

function disputeOfRequest(
  { prism, prismReadsRequests }: Bench,
  { name, operation }: Subject,
  request: PlainRequest,
): Pick<Outcome, 'dispute'> {
  if (!prismReadsRequests) return {};
  const verdict = prism?.judgeRequest(name, request, operation.basePath);
  return verdict?.kind === 'invalid' ? { dispute: { side: 'request', reason: verdict.reason } } : {};
}

function plainRequest({ method, target, headers, body }: HttpRequest): PlainRequest {
  return { method, target, headers: plainHeaders(headers), body };
}

function plainResponse({ status, headers, body }: HttpResponse): PlainResponse {
  return { status, headers: plainHeaders(headers), body };
}

function plainHeaders(headers: HeaderList): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));
}
