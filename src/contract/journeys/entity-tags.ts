import { change, type Pair } from './change-thing.ts';
import { ask, broken, type Finding, kept, unknown } from './journey.ts';
import { isThere, type LifeContext } from './life-context.ts';
import { isSame } from './same-value.ts';

/** The ETag changes with the thing. */
export async function lookTagChanges(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const operation = context.life.update ?? context.life.replace;
  const before = await context.read(thing);
  if (operation === undefined || !isThere(before)) return unknown('there is nothing to change');
  const changed = await change(context, { thing, operation });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the change was refused');
  return context.eventually(async () => {
    const after = await context.read(thing);
    if (!isThere(after)) return unknown('it could not be read');
    const [old, now] = [before, after].map(({ exchange }) => exchange.response.headers.get('etag'));
    if (old === undefined || now === undefined || isSame(before.body, after.body))
      return unknown('there is nothing to compare');
    return old === now ? broken(`the ETag ${now} stays, though the thing has changed`, after) : kept;
  });
}

/**
 * Who knows the version that there is gets no second copy of it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export async function lookNotModified(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { run, life } = context;
  const seen = await context.read(thing);
  const tag = isThere(seen) ? seen.exchange.response.headers.get('etag') : undefined;
  if (tag === undefined) return unknown('there is no ETag');
  const again = await ask(run, life.read, {
    name: 'not modified',
    path: context.pathOf(thing),
    change: (request) => ({ ...request, headers: request.headers.with('If-None-Match', tag) }),
  });
  if (again === undefined) return unknown('no answer came');
  return again.status === 304
    ? kept
    : broken(`who knows the thing by ${tag} is answered with ${again.status}`, again);
}
