import type { Thing } from '../running/read-thing.ts';
import { isSuccess } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { ask, broken, type Finding, kept, unknown } from './journey.ts';
import { hasItem, isThere, type LifeContext, lostIf, newCopies, schemasOf } from './life-context.ts';
import type { WholeList } from './read-list.ts';
import { lookConflict, lookRefused } from './refused-creates.ts';
import { declaredProperties, isOnly, isSame, text } from './same-value.ts';
import { lookRoundTrip, lookStored } from './stored.ts';

/** Makes things and looks whether they are there, once, as they were written. */
export async function liveCreate(context: LifeContext): Promise<void> {
  const { life } = context;
  const before = await context.make('first');
  if (before === undefined) return;
  const listed = await context.list(before);
  const thing = await makeBeside(context, before);
  if (thing === undefined) return;
  await context.judge(life.create, 'stored', () => context.eventually(() => lookStored(context, thing)));
  await context.judge(life.create, 'answer-equals-stored', () =>
    context.eventually(() => lookAnswer(context, thing)),
  );
  await context.judge(life.create, 'ids-unique', async () =>
    thing.id === before.id ? brokenBy(thing, `two things were created with the id ${text(thing.id)}`) : kept,
  );
  await context.judge(life.create, 'contained', () =>
    context.eventually(() => lookContained(context, thing)),
  );
  await context.judge(life.create, 'once', () => context.eventually(() => lookOnce(context, thing, listed)));
  await context.judge(life.create, 'refused-creates-nothing', () => lookRefused(context, thing));
  await context.judge(life.create, 'location', () => context.eventually(() => lookLocation(context, thing)));
  await context.judge(life.create, 'round-trip', () => lookRoundTrip(context, thing));
  await context.judge(life.create, 'read-only', () => lookReadOnly(context, thing));
  await context.judge(life.create, 'conflict-keeps-nothing', () => lookConflict(context, thing));
}

/** One more thing in the same list. */
async function makeBeside({ run, life }: LifeContext, other: Thing): Promise<Thing | undefined> {
  return run.things.own(life.source, { name: 'life beside', path: other.path });
}

function brokenBy(thing: Thing, message: string): Finding {
  return { kind: 'broken', message, exchange: thing.exchange };
}

async function lookAnswer(context: LifeContext, thing: Thing): Promise<Finding> {
  const seen = await context.read(thing);
  const answered = context.forms.shown(context.life.create, thing.body);
  if (!isThere(seen) || !isPlain(answered) || !isPlain(seen.body))
    return unknown('there is nothing to compare');
  for (const [name, value] of Object.entries(answered)) {
    if (!Object.hasOwn(seen.body, name) || /time|date|updated|modified|seen|at$/i.test(name)) continue;
    const now = seen.body[name];
    if (!isSameWhereBoth(value, now))
      return broken(`${name} was answered as ${text(value)} and is kept as ${text(now)}`, seen);
  }
  return kept;
}

/** What wraps a thing may show less of it in one answer than in another. */
function isSameWhereBoth(value: unknown, now: unknown): boolean {
  if (!isPlain(value) || !isPlain(now)) return isSame(value, now);
  return Object.entries(value).every(([name, one]) => !Object.hasOwn(now, name) || isSame(one, now[name]));
}

async function lookContained(context: LifeContext, thing: Thing): Promise<Finding> {
  const list = await context.list(thing);
  const page = list?.pages[0];
  if (list === undefined || page === undefined || !list.complete)
    return unknown('the list could not be read to its end');
  if (!context.rowsTellIds()) return unknown('its rows do not tell which things they are');
  if (hasItem(list.items, thing)) return kept;
  const root = lostIf(await context.read(thing));
  return broken(`${text(thing.id)} was created and is not in the list`, page.seen, root);
}

/** Others may write too: only what looks like the thing itself counts. */
async function lookOnce(context: LifeContext, thing: Thing, before: WholeList | undefined): Promise<Finding> {
  const body = context.forms.sent(context.life.create, thing.sent.body?.value);
  const found = await newCopies(context, { thing, body, before });
  if (found === undefined) return unknown('the list could not be read to its end');
  return found.count <= 1
    ? kept
    : broken(`one thing was created, and ${found.count} like it are in the list`, found.seen);
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2 */
async function lookLocation(context: LifeContext, thing: Thing): Promise<Finding> {
  const { run, life } = context;
  const seen = await context.read(thing);
  const location = thing.response.headers.get('location');
  if (!isThere(seen) || location === undefined) return unknown('there is no Location to follow');
  const { request } = seen.exchange;
  const base = `${request.origin}${thing.exchange.request.target}`;
  if (!URL.canParse(location, base)) return brokenBy(thing, `Location "${location}" is no address`);
  const url = new URL(location, base);
  if (url.origin !== new URL(request.origin).origin)
    return brokenBy(thing, `Location "${location}" is on another host`);
  const outcome = await run.session.send(
    { ...request, target: url.pathname + url.search },
    { plan: run.api.compile(life.read) },
  );
  if (outcome.kind === 'none') return unknown(outcome.reason);
  if (!isSuccess(outcome.status))
    return {
      kind: 'broken',
      message: `Location "${location}" leads to ${outcome.status}`,
      exchange: outcome.exchange,
    };
  const same = Buffer.compare(outcome.exchange.response.body, seen.exchange.response.body) === 0;
  return same
    ? kept
    : {
        kind: 'broken',
        message: `Location "${location}" leads to another thing`,
        exchange: outcome.exchange,
      };
}

/** What is read-only is the server's to set, whatever a client sends. */
async function lookReadOnly(context: LifeContext, thing: Thing): Promise<Finding> {
  const { run, life, forms } = context;
  const { response } = schemasOf(context, life.create);
  const whole = await context.bodyFor(life.create, 'read only');
  const [body, own] = [forms.sent(life.create, whole), forms.shown(life.create, thing.body)];
  if (!isPlain(body) || !isPlain(own)) return unknown('there is nothing to compare');
  const names = [...declaredProperties(response)]
    .filter(([name, schema]) => isOnly(schema, 'readOnly') && Object.hasOwn(own, name))
    .map(([name]) => name);
  if (names.length === 0) return unknown('nothing is read-only');
  const claimed: Readonly<Record<string, unknown>> = Object.fromEntries(
    names.map((name) => [name, otherValue(own[name])]),
  );
  const seen = await ask(run, life.create, {
    name: 'read only',
    path: thing.path,
    body: forms.withThing(life.create, whole, { ...body, ...claimed }),
    provoked: true,
  });
  const shown = forms.shown(life.create, seen?.body);
  if (!isThere(seen) || !isPlain(shown)) return kept;
  for (const name of names) {
    if (isSame(claimed[name], own[name]) || !Object.hasOwn(shown, name)) continue;
    if (isSame(claimed[name], shown[name])) {
      return broken(`${name} is read-only, and was set by the client to ${text(claimed[name])}`, seen);
    }
  }
  return kept;
}

function otherValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 918_273;
  if (typeof value !== 'string') return value;
  return /^[0-9a-f-]{36}$/i.test(value)
    ? 'a9d0b1d0-0000-4000-8000-00000000beef'
    : value.replace(/^\d{4}-\d\d/, '1999-12');
}
