import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
// The package's main entry does not export its validators; Prism's own command line imports them from here too.
import { validateInput, validateOutput } from '@stoplight/prism-http/dist/validator/index.js';
import type { PlainRequest, PlainResponse } from './message-judge.ts';
import type { Json } from './raw-document.ts';
import type { Verdict } from './schema-judge.ts';

/** Prism's engine as a second judge of whole messages. */
export interface PrismJudge {
  judgeResponse(operation: string, response: PlainResponse): Verdict;
  judgeRequest(operation: string, request: PlainRequest, basePath: string): Verdict;
}

type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];
type Method = Parameters<typeof validateInput>[0]['element']['method'];

/** Loads a document into Prism. `document` is changed by it: give it a copy. Rejects where Prism cannot read it. */
export async function createPrismJudge(document: Json): Promise<PrismJudge> {
  const operations = new Map<string, Operation>();
  for (const one of await getHttpOperationsFromSpec({ ...document })) {
    operations.set(`${one.method.toUpperCase()} ${one.path}`, one);
  }
  return {
    judgeResponse: (operation, response) =>
      decide(operations.get(operation), (resource) => {
        if (isVast(resource.responses)) throw new Error('not asked: the schemas of the answers are vast');
        const { status: statusCode, headers, body } = response;
        const element = { statusCode, headers, body: readBody(body, headers['content-type']) };
        return validateOutput({ resource, element });
      }),
    judgeRequest: (operation, request, basePath) =>
      decide(operations.get(operation), (resource) => {
        const { headers } = request;
        const element = {
          method: request.method.toLowerCase() as Method,
          url: readUrl(request.target.slice(basePath.length)),
          headers,
          body: readBody(request.body, headers['content-type']),
        };
        return validateInput({ resource, element });
      }),
  };
}

function decide(
  resource: Operation | undefined,
  validate: (resource: Operation) => ReturnType<typeof validateOutput> | ReturnType<typeof validateInput>,
): Verdict {
  if (resource === undefined) return { kind: 'undecided', reason: 'Prism does not list the operation' };
  try {
    const result = validate(resource);
    if (result._tag === 'Right') return { kind: 'valid' };
    const first = result.left[0];
    return { kind: 'invalid', reason: `${first?.path?.join('.') ?? ''} ${first?.message ?? ''}`.trim() };
  } catch (error) {
    return { kind: 'undecided', reason: `Prism throws: ${error instanceof Error ? error.message : error}` };
  }
}

/** Prism writes references out and compiles each schema whole: with so many parts that is seconds for each operation. */
const mostParts = 15_000;

/** Whether an object has too many parts, each counted as often as it is reached. */
function isVast(root: unknown): boolean {
  const open = new Set<object>();
  let left = mostParts;
  const visit = (part: unknown): void => {
    if (left <= 0 || typeof part !== 'object' || part === null || open.has(part)) return;
    left -= 1;
    open.add(part);
    for (const inner of Object.values(part)) visit(inner);
    open.delete(part);
  };
  visit(root);
  return left <= 0;
}

function readBody(body: Uint8Array, contentType: string | undefined): unknown {
  if (body.length === 0) return undefined;
  const text = Buffer.from(body).toString('utf8');
  if (!/[/+]json\b/.test(contentType ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readUrl(target: string): { path: string; query: Record<string, string | string[]> } {
  const [path = '', search = ''] = target.split('?');
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const known = query[name];
    query[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return { path, query };
}
