import { idPropertyOf, inferResources, requiredOf } from '../../plan/index.ts';
import { isSuccess } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { change, lookHas, type Pair } from './change-thing.ts';
import { broken, type Finding, kept, unknown } from './journey.ts';
import { isThere, type LifeContext, newCopies, schemasOf } from './life-context.ts';
import { declaredProperties, isOnly, isSame } from './same-value.ts';

/** The same replacement twice is as good as once. */
export async function lookIdempotent(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { replace } = context.life;
  if (replace === undefined) return unknown('there is no replacement');
  const first = await change(context, { thing, operation: replace });
  if (first === undefined || !isThere(first.seen)) return unknown('the replacement was refused');
  const before = await context.read(thing);
  const second = await change(context, { thing, operation: replace, body: first.body });
  if (second === undefined || !isThere(before)) return unknown('no answer came');
  if (!isSuccess(second.seen.status))
    return broken(`the same replacement again is answered with ${second.seen.status}`, second.seen);
  return context.eventually(() => lookHas(context, { thing, operation: replace, body: first.body }));
}

/** A replacement makes no second thing. */
export async function lookCreatesNone(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { replace } = context.life;
  if (replace === undefined) return unknown('there is no replacement');
  const before = await context.list(thing);
  const changed = await change(context, { thing, operation: replace });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the replacement was refused');
  return context.eventually(async () => {
    const body = context.forms.sent(replace, changed.body);
    const found = await newCopies(context, { thing, body, before, except: thing });
    if (found === undefined) return unknown('the list could not be read to its end');
    return found.count === 0
      ? kept
      : broken(`after a replacement the list has ${found.count} more like it`, changed.seen);
  });
}

/** The property that names the things: a server keeps it, whatever a replacement leaves out. */
function keyOf({ run, life: { read }, forms }: LifeContext): string | undefined {
  const resource = inferResources(run.api.document).get(read)?.resource;
  return resource === undefined ? undefined : idPropertyOf(resource, forms.shownSchema(read));
}

/**
 * What is left out of a replacement is gone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4
 */
export async function lookReplaces(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { forms } = context;
  const { replace } = context.life;
  if (replace === undefined) return unknown('there is no replacement');
  const full = await change(context, { thing, operation: replace });
  const before = await context.read(thing);
  const leastBody = await context.bodyFor(replace, 'least', 'required');
  const [all, least] = [forms.sent(replace, full?.body), forms.sent(replace, leastBody)];
  if (!isThere(before) || !isPlain(all) || !isPlain(before.body) || !isPlain(least))
    return unknown('there is nothing to compare');
  const second = await change(context, { thing, operation: replace, body: leastBody });
  if (second === undefined || !isThere(second.seen)) return unknown('the replacement was refused');
  const { request, response } = schemasOf(context, replace);
  const asked = declaredProperties(request);
  const [shown, key] = [before.body, keyOf(context)];
  // What an answer has to have, a server may keep as it was.
  const needed = requiredOf(response);
  const left = Object.keys(all).filter(
    (name) =>
      name !== key &&
      !needed.has(name) &&
      !Object.hasOwn(least, name) &&
      Object.hasOwn(shown, name) &&
      !isOnly(asked.get(name), 'readOnly'),
  );
  return context.eventually(async () => {
    const after = await context.read(thing);
    if (!isThere(after) || !isPlain(after.body)) return unknown('it could not be read');
    const body = after.body;
    const stays = left.filter(
      (name) =>
        Object.hasOwn(body, name) &&
        body[name] !== null &&
        isSame(all[name], body[name]) &&
        !isDefault(asked.get(name), body[name]),
    );
    return stays.length === 0
      ? kept
      : broken(`${stays.join(', ')} was left out of a replacement and is still there`, after);
  });
}

function isDefault(schema: Parameters<typeof isOnly>[0], value: unknown): boolean {
  return typeof schema === 'object' && (isSame(schema.default, value) || schema.type === 'boolean');
}
