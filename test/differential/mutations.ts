import { createRandom } from '../../src/core/index.ts';
import type { HttpRequest } from '../../src/http/index.ts';
import type { OperationPlan } from '../../src/plan/index.ts';
import { buildRequest, type RequestValues } from '../../src/request/index.ts';
import { sampleValues } from '../../src/request/sample-request.ts';

/** A request with a name that says how it differs from a valid one. */
export interface Mutation {
  readonly name: string;
  readonly request: HttpRequest;
}

const destination = { origin: 'http://mock.test', basePath: '' };
const now = Date.parse('2024-01-01T00:00:00Z');
const wrongTexts = ['x', '', '-1', '1.5', 'true', '1e9', 'null', '2024-01-01', ' 5'];
const wrongValues: readonly unknown[] = ['x', '', 5, -1, 1.5, true, null, [], {}, 'y'.repeat(5_000)];

/** Valid requests of an operation, and the same broken (or not) in one place. */
export function mutationsOf(plan: OperationPlan): Mutation[] {
  const found: Mutation[] = [];
  for (let seed = 0; seed < 5; seed += 1) {
    for (const optional of [true, false]) {
      const values = sampleValues(plan, { random: createRandom(seed), now, optional });
      found.push({
        name: optional ? 'valid, full' : 'valid, least',
        request: buildRequest(plan, values, destination),
      });
    }
  }
  const values = sampleValues(plan, { random: createRandom('base'), now, optional: true });
  return [...found, ...ofParameters(plan, values), ...ofBody(plan, values)];
}

/** Query parameters taken out, or replaced by texts. */
function ofParameters(plan: OperationPlan, values: RequestValues): Mutation[] {
  const base = buildRequest(plan, { ...values, query: {} }, destination);
  const bare = base.target.split('?', 1)[0] ?? '';
  const found: Mutation[] = [];
  for (const { parameter } of plan.parameters) {
    if (parameter.in === 'query') {
      for (const text of wrongTexts) {
        const target = `${bare}?${encodeURIComponent(parameter.name)}=${encodeURIComponent(text)}`;
        found.push({ name: `query ${parameter.name} "${text}"`, request: { ...base, target } });
      }
    }
    if (parameter.in !== 'path') continue;
    for (const text of ['x', '5', '-', 'null', '11111111-1111-4111-8111-11111111111']) {
      const target = plan.operation.path.replace(`{${parameter.name}}`, text);
      found.push({ name: `path ${parameter.name} "${text}"`, request: { ...base, target } });
    }
  }
  found.push({ name: 'query with an unknown name', request: { ...base, target: `${bare}?nobody=knows` } });
  return found;
}

/** Members taken out, or replaced by values of every kind; bodies that are none. */
function ofBody(plan: OperationPlan, values: RequestValues): Mutation[] {
  const body = values.body;
  if (body === undefined) return [];
  const base = buildRequest(plan, values, destination);
  const found: Mutation[] = [];
  const send = (name: string, value: unknown): void => {
    found.push({ name, request: { ...base, body: Buffer.from(JSON.stringify(value)) } });
  };
  const whole = body.value as Record<string, unknown>;
  for (const key of Object.keys(whole)) {
    const { [key]: _, ...rest } = whole;
    send(`body without ${key}`, rest);
    for (const value of wrongValues)
      send(`body ${key} ${JSON.stringify(value).slice(0, 20)}`, { ...whole, [key]: value });
  }
  for (const value of wrongValues) send(`body ${JSON.stringify(value).slice(0, 20)}`, value);
  send('body with an unknown member', { ...whole, nobody: 'knows' });
  found.push({ name: 'body of nothing', request: { ...base, body: new Uint8Array(0) } });
  found.push({ name: 'body malformed', request: { ...base, body: Buffer.from('{"a":') } });
  const headers = base.headers.with('content-type', 'text/plain');
  found.push({ name: 'body of another media type', request: { ...base, headers } });
  return found;
}
