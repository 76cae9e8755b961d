import type { ApiOperation } from '../../document/index.ts';
import { idPropertyOf, inferResources, mediaSchema } from '../../plan/index.ts';
import { mediaPlanOf } from '../running/media-plan.ts';
import { responseSchema, type Thing } from '../running/read-thing.ts';
import { isSuccess } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { ask, broken, eventually, type Finding, kept, type Seen, unknown } from './journey.ts';
import { isThere, type LifeContext, newCopies, schemasOf } from './life-context.ts';
import { declaredProperties, isOnly, isSame, judgeDifference, text } from './same-value.ts';

/** A thing, and its neighbour in the same list. */
export interface Pair {
  readonly thing: Thing;
  readonly neighbour: Thing;
}

/** Changes things, and looks at what has changed and what has not. */
export async function liveChange(context: LifeContext, pair: Pair): Promise<void> {
  const { life } = context;
  for (const operation of [life.replace, life.update]) {
    if (operation === undefined) continue;
    await context.judge(operation, 'neighbour', () => lookNeighbour(context, { ...pair, operation }));
    await context.judge(operation, 'stored', () => lookChanged(context, { ...pair, operation }));
    await context.judge(operation, 'refused-changes-nothing', () =>
      lookRefused(context, { ...pair, operation }),
    );
    await context.judge(operation, 'if-match', () => lookIfMatch(context, { ...pair, operation }));
  }
  await context.judge(life.replace, 'idempotent', () => lookIdempotent(context, pair));
  await context.judge(life.replace, 'creates-none', () => lookCreatesNone(context, pair));
  await context.judge(life.replace, 'replaces', () => lookReplaces(context, pair));
  await context.judge(life.update, 'keeps-the-rest', () => lookKeepsRest(context, pair));
  await context.judge(life.update, 'several', () => lookSeveral(context, pair));
  await context.judge(life.read, 'etag-changes', () => lookTagChanges(context, pair));
  await context.judge(life.read, 'not-modified', () => lookNotModified(context, pair));
}

interface Change extends Pair {
  readonly operation: ApiOperation;
}

/** Changes a thing with a body, or with a valid one. */
async function change(
  context: LifeContext,
  {
    thing,
    operation,
    body,
    header = {},
  }: Omit<Change, 'neighbour'> & { body?: unknown; header?: Readonly<Record<string, unknown>> },
): Promise<{ seen: Seen; body: unknown } | undefined> {
  const sent = body ?? (await context.bodyFor(operation, `change ${operation.key} ${context.turn()}`));
  const provoked = Object.keys(header).length > 0;
  const seen = await ask(context.run, operation, {
    name: 'change',
    path: context.pathOf(thing),
    body: sent,
    header,
    provoked,
  });
  return seen === undefined ? undefined : { seen, body: sent };
}

async function lookChanged(context: LifeContext, { thing, operation }: Change): Promise<Finding> {
  const changed = await change(context, { thing, operation });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the change was refused');
  return eventually(() => lookHas(context, { thing, operation, body: changed.body }));
}

async function lookHas(
  context: LifeContext,
  { thing, operation, body }: Omit<Change, 'neighbour'> & { body: unknown },
): Promise<Finding> {
  const seen = await context.read(thing);
  if (!isThere(seen)) return unknown('it could not be read');
  const schemas = schemasOf(context.run, operation, context.life.read);
  return judgeDifference(seen, { written: body, schemas });
}

async function lookNeighbour(
  context: LifeContext,
  { thing, neighbour, operation }: Change,
): Promise<Finding> {
  const before = await context.read(neighbour);
  if (!isThere(before)) return unknown('there is no neighbour');
  const changed = await change(context, { thing, operation });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the change was refused');
  return looksAs(context, neighbour, { before, message: 'a change of one thing changed another' });
}

async function looksAs(
  context: LifeContext,
  thing: Thing,
  { before, message }: { before: Seen; message: string },
): Promise<Finding> {
  return eventually(async () => {
    const after = await context.read(thing);
    if (after === undefined) return unknown('it could not be read again');
    const same = isThere(after) && isSame(stable(before.body), stable(after.body));
    return same ? kept : broken(message, after);
  });
}

/** Without what a server may keep of the time. */
function stable(body: unknown): unknown {
  if (!isPlain(body)) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !/updated|modified|accessed|lastseen|last_seen/i.test(name)),
  );
}

/** Bodies that are refused: one keyword broken in a body that is changed in every other property. */
async function lookRefused(context: LifeContext, { thing, operation }: Change): Promise<Finding> {
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

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1 */
async function lookIfMatch(context: LifeContext, { thing, operation }: Change): Promise<Finding> {
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

async function lookIdempotent(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { replace } = context.life;
  if (replace === undefined) return unknown('there is no replacement');
  const first = await change(context, { thing, operation: replace });
  if (first === undefined || !isThere(first.seen)) return unknown('the replacement was refused');
  const before = await context.read(thing);
  const second = await change(context, { thing, operation: replace, body: first.body });
  if (second === undefined || !isThere(before)) return unknown('no answer came');
  if (!isSuccess(second.seen.status))
    return broken(`the same replacement again is answered with ${second.seen.status}`, second.seen);
  return eventually(() => lookHas(context, { thing, operation: replace, body: first.body }));
}

async function lookCreatesNone(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { replace } = context.life;
  if (replace === undefined) return unknown('there is no replacement');
  const before = await context.list(thing);
  const changed = await change(context, { thing, operation: replace });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the replacement was refused');
  return eventually(async () => {
    const found = await newCopies(context, { thing, body: changed.body, before, except: thing });
    if (found === undefined) return unknown('the list could not be read to its end');
    return found.count === 0
      ? kept
      : broken(`after a replacement the list has ${found.count} more like it`, changed.seen);
  });
}

/** The property that names the things: a server keeps it, whatever a replacement leaves out. */
function keyOf({ run, life: { read } }: LifeContext): string | undefined {
  const resource = inferResources(run.api.document).get(read)?.resource;
  return resource === undefined
    ? undefined
    : idPropertyOf(resource, responseSchema(run.api.compile(read), 200));
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4 */
async function lookReplaces(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { replace, read } = context.life;
  if (replace === undefined) return unknown('there is no replacement');
  const full = await change(context, { thing, operation: replace });
  const before = await context.read(thing);
  const least = await context.bodyFor(replace, 'least', 'required');
  if (
    full === undefined ||
    !isThere(before) ||
    !isPlain(full.body) ||
    !isPlain(before.body) ||
    !isPlain(least)
  ) {
    return unknown('there is nothing to compare');
  }
  const second = await change(context, { thing, operation: replace, body: least });
  if (second === undefined || !isThere(second.seen)) return unknown('the replacement was refused');
  const { request } = schemasOf(context.run, replace, read);
  const asked = declaredProperties(request);
  const [all, shown, key] = [full.body, before.body, keyOf(context)];
  const left = Object.keys(all).filter(
    (name) =>
      name !== key &&
      !Object.hasOwn(least, name) &&
      Object.hasOwn(shown, name) &&
      !isOnly(asked.get(name), 'readOnly'),
  );
  return eventually(async () => {
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

async function lookKeepsRest(context: LifeContext, { thing }: Pair): Promise<Finding> {
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
  return eventually(async () => {
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

async function lookSeveral(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { update } = context.life;
  if (update === undefined) return unknown('there is no change');
  const bodies = await singles(context, update);
  const media = mediaPlanOf(context.run.api.compile(update));
  const asked = declaredProperties(media === undefined ? undefined : mediaSchema(media.object));
  const all: Record<string, unknown> = Object.assign({}, ...bodies);
  for (const wanted of [all, withNulls(all, (body) => media?.validator.isValid(body) === true, asked)]) {
    const changed = await change(context, { thing, operation: update, body: wanted });
    if (changed === undefined || !isThere(changed.seen)) continue;
    const finding = await eventually(() => lookHas(context, { thing, operation: update, body: wanted }));
    if (finding.kind === 'broken') return finding;
    const nulls = await eventually(() => lookNulls(context, thing, wanted));
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

async function lookTagChanges(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const operation = context.life.update ?? context.life.replace;
  const before = await context.read(thing);
  if (operation === undefined || !isThere(before)) return unknown('there is nothing to change');
  const changed = await change(context, { thing, operation });
  if (changed === undefined || !isThere(changed.seen)) return unknown('the change was refused');
  return eventually(async () => {
    const after = await context.read(thing);
    if (!isThere(after)) return unknown('it could not be read');
    const [old, now] = [before, after].map(({ exchange }) => exchange.response.headers.get('etag'));
    if (old === undefined || now === undefined || isSame(before.body, after.body))
      return unknown('there is nothing to compare');
    return old === now ? broken(`the ETag ${now} stays, though the thing has changed`, after) : kept;
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
async function lookNotModified(context: LifeContext, { thing }: Pair): Promise<Finding> {
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
