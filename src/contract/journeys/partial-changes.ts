import type { ApiOperation } from '../../document/index.ts';
import { mediaSchema } from '../../plan/index.ts';
import { mediaPlanOf } from '../running/media-plan.ts';
import type { Thing } from '../running/read-thing.ts';
import { isPlain } from '../values/at-steps.ts';
import { change, lookHas, type Pair, stable } from './change-thing.ts';
import { broken, type Finding, kept, unknown } from './journey.ts';
import { isThere, type LifeContext } from './life-context.ts';
import { declaredProperties, isOnly, isSame, text } from './same-value.ts';

/** A change of one property keeps the others. */
export async function lookKeepsRest(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { update } = context.life;
  const before = await context.read(thing);
  if (update === undefined || !isThere(before) || !isPlain(before.body))
    return unknown('there is nothing to change');
  const [first] = await singles(context, update);
  if (first === undefined) return unknown('no property can be changed alone');
  const changed = await change(context, { thing, operation: update, body: first });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the change was refused');
  const rest = Object.fromEntries(
    Object.entries(before.body).filter(([name]) => !Object.hasOwn(first, name)),
  );
  return context.eventually(async () => {
    const after = await context.read(thing);
    if (!isThere(after) || !isPlain(after.body)) return unknown('it could not be read');
    const body = after.body;
    const lost = Object.keys(stable(rest) as object).filter(
      (name) => !Object.hasOwn(body, name) || !isSame(rest[name], body[name]),
    );
    return lost.length === 0
      ? kept
      : broken(`a change of ${Object.keys(first).join()} changed ${lost.join(', ')} too`, after);
  });
}

/** Bodies of one property each that a change takes. */
async function singles(
  context: LifeContext,
  update: ApiOperation,
): Promise<Readonly<Record<string, unknown>>[]> {
  const body = await context.bodyFor(update, `single ${context.turn()}`);
  const media = mediaPlanOf(context.run.api.compile(update));
  if (!isPlain(body) || media === undefined) return [];
  const asked = declaredProperties(mediaSchema(media.object));
  return Object.entries(body)
    .filter(([name]) => !isOnly(asked.get(name), 'readOnly'))
    .map(([name, value]) => ({ [name]: value }))
    .filter((one) => media.validator.isValid(one));
}

/** Several properties can be changed at once, and set to null. */
export async function lookSeveral(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { update } = context.life;
  if (update === undefined) return unknown('there is no change');
  const bodies = await singles(context, update);
  const media = mediaPlanOf(context.run.api.compile(update));
  const asked = declaredProperties(media === undefined ? undefined : mediaSchema(media.object));
  const all: Record<string, unknown> = Object.assign({}, ...bodies);
  for (const wanted of [all, withNulls(all, (body) => media?.validator.isValid(body) === true, asked)]) {
    const changed = await change(context, { thing, operation: update, body: wanted });
    if (changed === undefined || !isThere(changed.seen)) continue;
    const finding = await context.eventually(() =>
      lookHas(context, { thing, operation: update, body: wanted }),
    );
    if (finding.kind === 'broken') return finding;
    const nulls = await context.eventually(() => lookNulls(context, thing, wanted));
    if (nulls.kind === 'broken') return nulls;
  }
  return kept;
}

/** The body with null wherever a property takes it. */
function withNulls(
  body: Readonly<Record<string, unknown>>,
  isValid: (body: unknown) => boolean,
  asked: ReadonlyMap<string, unknown>,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(body).filter((name) => asked.has(name) && isValid({ ...body, [name]: null }));
  return { ...body, ...Object.fromEntries(names.map((name) => [name, null])) };
}

async function lookNulls(
  context: LifeContext,
  thing: Thing,
  wanted: Readonly<Record<string, unknown>>,
): Promise<Finding> {
  const seen = await context.read(thing);
  if (!isThere(seen) || !isPlain(seen.body)) return unknown('it could not be read');
  const body = seen.body;
  const left = Object.keys(wanted).filter(
    (name) => wanted[name] === null && Object.hasOwn(body, name) && body[name] !== null,
  );
  return left.length === 0
    ? kept
    : broken(`${left.join(', ')} was set to null and is ${text(body[left[0] ?? ''])}`, seen);
}
