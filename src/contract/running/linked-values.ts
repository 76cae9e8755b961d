import type { ApiOperation } from '../../document/index.ts';
import { evaluateExpression, fillExpressions } from '../../request/index.ts';
import type { ValueLink } from '../planning/path-sources.ts';
import { makeBase, maySend } from './bases.ts';
import type { Linked, LinkedValues } from './linked.ts';
import { bodyOf, scopeOf } from './read-thing.ts';
import { whyNotMake } from './removal.ts';
import { call, isSuccess, type Run } from './run.ts';

const nothing: Linked = { parameters: new Map() };

/** Makes the keeper of what links bring. The run is asked for late, because it has the keeper itself. */
export function createLinkedValues(getRun: () => Run): LinkedValues {
  const known = new Map<string, Linked>();
  const pending = new Set<string>();
  return {
    async of({ key, operation }) {
      const run = getRun();
      const links = run.paths.linksTo(operation);
      const found = known.get(key);
      // Operations may link to one another in a circle: who is asked for while it is sought has nothing yet.
      if (found !== undefined || links.length === 0 || pending.has(key)) return found ?? nothing;
      pending.add(key);
      const linked = await followAll(run, operation, links);
      pending.delete(key);
      known.set(key, linked);
      return linked;
    },
    forget: () => known.clear(),
  };
}

async function followAll(run: Run, to: ApiOperation, links: readonly ValueLink[]): Promise<Linked> {
  const parameters = new Map<string, unknown>();
  let body: Linked['body'];
  for (const link of links) {
    if (link.from === to || !maySend(run, link.from) || whyNotMake(run, link.from) !== undefined) continue;
    const values = await follow(run, link);
    for (const [name, value] of values?.parameters ?? [])
      if (!parameters.has(name)) parameters.set(name, value);
    body ??= values?.body;
  }
  return { parameters, ...(body === undefined ? {} : { body }) };
}

async function follow(run: Run, { from, parameters, requestBody }: ValueLink): Promise<Linked | undefined> {
  const plan = run.api.compile(from);
  const base = await makeBase(run, plan, { fill: 'required', name: `links of ${from.key}` });
  if ('reason' in base) return undefined;
  const outcome = await call(run, plan, { values: base.values });
  if (outcome?.kind !== 'answered' || !isSuccess(outcome.status)) return undefined;
  const scope = scopeOf(outcome, base.values, bodyOf(plan, outcome.exchange.response));
  const read = (given: unknown): unknown => {
    if (typeof given !== 'string') return given;
    if (given.startsWith('$')) return evaluateExpression(given, scope);
    return given.includes('{$') ? fillExpressions(given, scope) : given;
  };
  const found = [...parameters].map(([name, given]) => [name, read(given)] as const);
  const body = requestBody === undefined ? undefined : read(requestBody);
  return {
    parameters: new Map(found.filter(([, value]) => value !== undefined && value !== null)),
    ...(body === undefined ? {} : { body: { value: body } }),
  };
}
