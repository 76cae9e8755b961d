import { mediaPlanOf } from '../running/media-plan.ts';
import { isSuccess } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { type Change, change, looksAs } from './change-thing.ts';
import { ask, broken, type Finding, kept, unknown } from './journey.ts';
import { isThere, type LifeContext } from './life-context.ts';

/** Bodies that are refused: one keyword broken in a body that is changed in every other property. */
export async function lookRefused(context: LifeContext, { thing, operation }: Change): Promise<Finding> {
  const before = await context.read(thing);
  const body = await context.bodyFor(operation, 'refused change');
  if (!isThere(before) || !isPlain(body)) return unknown('there is nothing to change');
  const plan = context.run.api.compile(operation);
  const media = mediaPlanOf(plan);
  const wrong = Object.keys(body)
    .map((name) => ({ ...body, [name]: { apidouble: [true] } }))
    .filter((one) => media?.validator.isValid(one) === false)
    .at(-1);
  if (wrong === undefined) return unknown('every body is valid');
  const refused = await ask(context.run, operation, {
    name: 'refused',
    path: context.pathOf(thing),
    body: wrong,
    provoked: true,
  });
  if (refused === undefined || refused.status < 400 || refused.status >= 500)
    return unknown('it was not refused');
  const finding = await looksAs(context, thing, {
    before,
    message: 'a change that was refused was made all the same',
  });
  return finding.kind === 'kept' ? lookConflicting(context, { thing, operation, neighbour: thing }) : finding;
}

/** A change that takes what another thing has: where that is refused, nothing may have changed. */
async function lookConflicting(context: LifeContext, { thing, operation }: Change): Promise<Finding> {
  const other = await context.make('conflicting');
  const before = await context.read(thing);
  const body = other?.sent.body?.value;
  if (other === undefined || !isThere(before) || operation !== context.life.replace) return kept;
  const refused = await change(context, { thing, operation, body });
  if (refused?.seen.status !== 409) return kept;
  return looksAs(context, thing, {
    before,
    message: 'a change that was refused with 409 was made all the same',
  });
}

/**
 * A change for a version that there is not.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 */
export async function lookIfMatch(context: LifeContext, { thing, operation }: Change): Promise<Finding> {
  const before = await context.read(thing);
  if (!isThere(before)) return unknown('it could not be read');
  const changed = await change(context, { thing, operation, header: { 'If-Match': '"apidouble-old"' } });
  if (changed === undefined) return unknown('no answer came');
  if (isSuccess(changed.seen.status))
    return broken('a change for another version than there is was made', changed.seen);
  if (changed.seen.status !== 412) return unknown(`it was refused with ${changed.seen.status}`);
  return looksAs(context, thing, {
    before,
    message: 'a change that was refused with 412 was made all the same',
  });
}
