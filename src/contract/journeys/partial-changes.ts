import type { ApiOperation } from '../../document/index.ts';
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
  const { all, bodyWith } = await singles(context, update);
  const [first] = all;
  if (first === undefined) return unknown('no property can be changed alone');
  const changed = await change(context, { thing, operation: update, body: bodyWith(first) });
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

interface Singles {
  readonly all: readonly Readonly<Record<string, unknown>>[];
  /** The body that says so much of a thing. */
  readonly bodyWith: (thing: unknown) => unknown;
  readonly isValid: (thing: unknown) => boolean;
}

/** Changes of one property each that an operation takes. */
async function singles(context: LifeContext, update: ApiOperation): Promise<Singles> {
  const { run, forms } = context;
  const whole = await context.bodyFor(update, `single ${context.turn()}`);
  const body = forms.sent(update, whole);
  const media = mediaPlanOf(run.api.compile(update));
  const bodyWith = (thing: unknown): unknown => forms.withThing(update, whole, thing);
  const isValid = (thing: unknown): boolean => media?.validator.isValid(bodyWith(thing)) === true;
  const asked = declaredProperties(forms.sentSchema(update));
  const all = Object.entries(isPlain(body) ? body : {})
    .filter(([name]) => !isOnly(asked.get(name), 'readOnly'))
    .map(([name, value]) => ({ [name]: value }))
    .filter(isValid);
  return { all, bodyWith, isValid };
}

/** Several properties can be changed at once, and set to null. */
export async function lookSeveral(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { update } = context.life;
  if (update === undefined) return unknown('there is no change');
  const { all: parts, bodyWith, isValid } = await singles(context, update);
  const asked = declaredProperties(context.forms.sentSchema(update));
  const all: Record<string, unknown> = Object.assign({}, ...parts);
  for (const wanted of [all, withNulls(all, isValid, asked)]) {
    const body = bodyWith(wanted);
    const changed = await change(context, { thing, operation: update, body });
    if (changed === undefined || !isThere(changed.seen)) continue;
    const finding = await context.eventually(() => lookHas(context, { thing, operation: update, body }));
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
