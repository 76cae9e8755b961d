import { type Exchange, type HttpResponse, hasNoBody, parseMediaType } from '../../src/http/index.ts';
import { createFinder, type Operation, type Response } from './document.ts';
import { createJudge, directed, type Judge } from './schema-judge.ts';

/**
 * Judges exchanges by the document with ajv alone: the law that the clean server is held to, and that says which faults show in
 * a single exchange. What it gives is a list of sentences, empty where the document is kept. Not every fault shows here.
 */
export function createKeeper(): (exchange: Exchange) => readonly string[] {
  const operationOf = createFinder();
  const judgeOf = createJudges();
  return ({ request, response }) => {
    const operation = operationOf(request);
    if (operation === undefined) return response.status >= 500 ? [`status ${response.status}`] : [];
    return brokenBy(response, { operation, method: request.method, judgeOf });
  };
}

type JudgeOf = (schema: Response['headers'][number]['schema']) => Judge;

interface Promised {
  readonly operation: Operation;
  readonly method: string;
  readonly judgeOf: JudgeOf;
}

function createJudges(): JudgeOf {
  const judges = new WeakMap<object, Judge>();
  return (schema) => {
    const judge = judges.get(schema) ?? createJudge(directed(schema, 'response'));
    judges.set(schema, judge);
    return judge;
  };
}

function brokenBy(response: HttpResponse, promised: Promised): string[] {
  const { operation, method } = promised;
  const declared = operation.responses.get(String(response.status));
  if (declared === undefined) return [`${operation.id}: status ${response.status} is not documented`];
  const faults = headerFaults(response, declared, promised.judgeOf);
  const bodiless = hasNoBody(response.status, method);
  if (bodiless && response.body.length > 0) faults.push('a body where there can be none');
  if (!bodiless) faults.push(...bodyFaults(response, declared, promised.judgeOf));
  return faults.map((fault) => `${operation.id} ${response.status}: ${fault}`);
}

function headerFaults(response: HttpResponse, declared: Response, judgeOf: JudgeOf): string[] {
  const faults: string[] = [];
  for (const { name, required, schema } of declared.headers) {
    const field = response.headers.get(name);
    if (field === undefined && required) faults.push(`${name} is missing`);
    if (field === undefined) continue;
    const isNumber = schema.type === 'integer' && /^-?\d+$/.test(field);
    const fault = judgeOf(schema)(isNumber ? Number(field) : field);
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
  }
  const length = response.headers.get('content-length');
  if (length !== undefined && Number(length) !== response.body.length)
    faults.push('Content-Length is not true');
  if (response.headers.has('content-encoding')) faults.push('Content-Encoding is not true');
  return faults;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function bodyFaults(response: HttpResponse, declared: Response, judgeOf: JudgeOf): string[] {
  if (declared.content.size === 0) return response.body.length > 0 ? ['a body that is not documented'] : [];
  const type = parseMediaType(response.headers.get('content-type') ?? '');
  const schema = declared.content.get(type?.essence ?? '');
  if (type === undefined || schema === undefined) return [`media type ${type?.essence} is not documented`];
  if (!['utf-8', undefined].includes(type.parameters.get('charset')?.toLowerCase())) return ['charset'];
  try {
    const text = utf8.decode(response.body);
    const fault = judgeOf(schema)(bodyValue(text, type.essence));
    return fault === undefined ? [] : [fault];
  } catch {
    return ['the body cannot be read'];
  }
}

function bodyValue(text: string, mediaType: string): unknown {
  if (mediaType.endsWith('json')) return JSON.parse(text);
  return mediaType === 'application/xml' ? statusOf(text) : text;
}

/** The one XML body of the document, read strictly. Throws where it is not well formed. */
function statusOf(xml: string): unknown {
  const whole = /^<status uptime="(-?\d+)">((?:<(\w+)>[^<>&]*<\/\3>)*)<\/status>$/.exec(xml);
  if (whole === null) throw new Error('no status');
  const elements = [...(whole[2] ?? '').matchAll(/<(\w+)>([^<>&]*)<\/\1>/g)];
  const entries = elements.map(([, name, value]): [string, unknown] => [String(name), value]);
  return { uptime: Number(whole[1]), ...Object.fromEntries(entries) };
}
