import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import type { HeaderList, HttpRequest } from '../../src/http/index.ts';
import { createMock } from '../../src/mock/index.ts';
import { type ApiPlan, compilePlan, type OperationPlan } from '../../src/plan/index.ts';
import { createPrismJudge, type PrismJudge } from '../fidelity/independent/prism-judge.ts';
import { shop } from '../mock/shop.ts';
import { type Difference, knownDifferences } from './known-differences.ts';
import { mutationsOf } from './mutations.ts';

const documents: readonly (readonly [string, string | object])[] = [
  ['openapi.yaml', join(import.meta.dirname, '../../openapi.yaml')],
  ['the shop', shop],
];

interface Pair {
  readonly plan: ApiPlan;
  readonly prism: PrismJudge;
}

async function open(document: string | object): Promise<Pair> {
  const plan = compilePlan(await loadDocument(document));
  // Prism changes what it is given.
  const copy = JSON.parse(JSON.stringify(plan.document.toJSON())) as Record<string, never>;
  return { plan, prism: await createPrismJudge(copy) };
}

function plansOf({ plan }: Pair): OperationPlan[] {
  return plan.operations.map((operation) => plan.compile(operation));
}

/** With a credential, so that it is the request's own contents that are judged. */
function authorized(request: HttpRequest): HttpRequest {
  return { ...request, headers: request.headers.with('authorization', 'Bearer abc') };
}

function plainHeaders(headers: HeaderList): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));
}

function nameOf({ operation }: OperationPlan): string {
  return `${operation.method} ${operation.path}`;
}

const seen = new Set<Difference>();

describe.each(documents)('Prism and we, on %s', (_, document) => {
  it('think the same of every answer of ours', async () => {
    const pair = await open(document);
    const wrong: string[] = [];
    let judged = 0;
    for (const source of ['example', 'dynamic', 'static'] as const) {
      const mock = await createMock({ document: pair.plan.document, seed: 1, source });
      for (const plan of plansOf(pair)) {
        if (nameOf(plan) === 'GET /impossible') continue;
        for (const { name, request } of mutationsOf(plan)) {
          const response = await mock.send(authorized(request));
          if (/problem\+json/.test(response.headers.get('content-type') ?? '')) continue;
          judged += 1;
          const answer = {
            status: response.status,
            headers: plainHeaders(response.headers),
            body: response.body,
          };
          const verdict = pair.prism.judgeResponse(nameOf(plan), answer);
          if (verdict.kind !== 'valid')
            wrong.push(`${nameOf(plan)} ${source} ${name}: ${response.status} ${verdict.reason}`);
        }
      }
    }
    expect(judged).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it('take and refuse the same requests, but for the differences that are known', async () => {
    const pair = await open(document);
    const mock = await createMock({ document: pair.plan.document, seed: 1 });
    const unknown: string[] = [];
    let agreed = 0;
    for (const plan of plansOf(pair)) {
      for (const { name, request } of mutationsOf(plan)) {
        const sent = authorized(request);
        await mock.send(sent);
        const findings = mock.requests().at(-1)?.findings ?? [];
        const errors = findings.filter((one) => one.side === 'request' && one.severity === 'error');
        const plain = {
          method: sent.method,
          target: sent.target,
          headers: plainHeaders(sent.headers),
          body: sent.body,
        };
        const verdict = pair.prism.judgeRequest(nameOf(plan), plain, '');
        const [ours, theirs] = [errors.length === 0 ? 'valid' : 'invalid', verdict.kind];
        const difference = knownDifferences.find(
          (one) => one.ours === ours && one.theirs === theirs && one.of.test(`${nameOf(plan)} ${name}`),
        );
        if (difference !== undefined) seen.add(difference);
        if (ours === theirs) agreed += 1;
        else if (difference === undefined)
          unknown.push(
            `${nameOf(plan)} ${name}: ours ${ours} (${errors[0]?.message ?? ''}), theirs ${theirs} (${'reason' in verdict ? verdict.reason : ''})`,
          );
      }
    }
    expect(unknown).toEqual([]);
    expect(agreed).toBeGreaterThan(100);
  });
});

describe('the known differences', () => {
  it('are all to be seen', () => {
    expect(knownDifferences.filter((one) => !seen.has(one))).toEqual([]);
  });
});
