import type { ApiOperation } from '../../document/index.ts';
import { mediaPlanOf } from '../running/media-plan.ts';
import { isSuccess } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import type { Pair } from './change-thing.ts';
import { ask, broken, type Finding, kept, unknown } from './journey.ts';
import { isThere, type LifeContext, lostIf, schemasOf } from './life-context.ts';
import { judgeDifference } from './same-value.ts';

/** Does things at the same time that must not touch one another. */
export async function liveTogether(context: LifeContext, pair: Pair): Promise<void> {
  const { life } = context;
  await context.judge(life.create, 'concurrent-creates', () => createTogether(context, pair));
  await context.judge(life.read, 'concurrent-reads', () => readTogether(context, pair));
  await context.judge(life.update, 'concurrent-changes', () => changeTogether(context, pair));
  await context.judge(life.update, 'if-match-race', () => raceFor(context, pair, life.update));
  await context.judge(life.replace, 'if-match-race', () => raceFor(context, pair, life.replace));
}

async function createTogether(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { run, life } = context;
  const names = [1, 2, 3, 4].map((index) => ({ name: `together ${index}`, path: thing.path }));
  const made = await Promise.all(names.map((wish) => run.things.own(life.source, wish)));
  const things = made.filter((one) => one !== undefined);
  const [first] = things;
  if (first === undefined) return unknown('nothing could be created');
  if (new Set(things.map(({ id }) => String(id))).size < things.length) {
    return {
      kind: 'broken',
      message: 'things that were created together have one id',
      exchange: first.exchange,
    };
  }
  const schemas = schemasOf(context, life.create);
  for (const one of things) {
    const finding = await context.eventually(async () => {
      const seen = await context.read(one);
      if (seen === undefined) return unknown('it could not be read');
      if (!isSuccess(seen.status))
        return broken('of things that were created together one is not there', seen, lostIf(seen));
      const words = 'created together with others, ';
      const written = context.forms.sent(life.create, one.sent.body?.value);
      return judgeDifference(seen, { written, schemas, words });
    });
    if (finding.kind !== 'kept') return finding;
  }
  // Of those that were refused nothing is known: what they sent may not have been what the server read.
  return things.length < 2 ? unknown('only one could be created') : kept;
}

async function readTogether(context: LifeContext, { thing, neighbour }: Pair): Promise<Finding> {
  const alone = [await context.read(thing), await context.read(neighbour)];
  const together = await Promise.all([context.read(thing), context.read(neighbour), context.read(thing)]);
  for (const [index, seen] of together.entries()) {
    const before = alone[index % 2];
    if (!isThere(seen) || !isThere(before)) return unknown('it could not be read');
    const bytes = [seen, before].map(({ exchange }) => exchange.response.body);
    if (bytes[0] !== undefined && bytes[1] !== undefined && Buffer.compare(bytes[0], bytes[1]) !== 0) {
      return broken('a thing that is read together with another is shown otherwise than alone', seen);
    }
  }
  return kept;
}

async function changeTogether(context: LifeContext, { thing }: Pair): Promise<Finding> {
  const { run, life, forms } = context;
  const { update } = life;
  const whole = update === undefined ? undefined : await context.bodyFor(update, 'change together');
  const body = update === undefined ? undefined : forms.sent(update, whole);
  const media = update === undefined ? undefined : mediaPlanOf(run.api.compile(update));
  if (update === undefined || !isPlain(body)) return unknown('there is no change');
  const bodyWith = (one: unknown): unknown => forms.withThing(update, whole, one);
  const parts = Object.entries(body)
    .map(([name, value]) => ({ [name]: value }))
    .filter((one) => media?.validator.isValid(bodyWith(one)) === true)
    .slice(0, 2);
  if (parts.length < 2) return unknown('no two properties can be changed alone');
  const path = context.pathOf(thing);
  const answers = await Promise.all(
    parts.map((part) => ask(run, update, { name: 'change together', path, body: bodyWith(part) })),
  );
  if (!answers.every(isThere)) return unknown('a change was refused');
  return context.eventually(async () => {
    const seen = await context.read(thing);
    if (!isThere(seen)) return unknown('it could not be read');
    const schemas = schemasOf(context, update);
    const words = 'of two changes made together one is lost: ';
    return judgeDifference(seen, { written: Object.assign({}, ...parts), schemas, words });
  });
}

async function raceFor(
  context: LifeContext,
  { thing }: Pair,
  operation: ApiOperation | undefined,
): Promise<Finding> {
  const { run } = context;
  const before = await context.read(thing);
  const tag = isThere(before) ? before.exchange.response.headers.get('etag') : undefined;
  if (operation === undefined || tag === undefined) return unknown('there is no ETag');
  const bodies = [await context.bodyFor(operation, 'race 1'), await context.bodyFor(operation, 'race 2')];
  const path = context.pathOf(thing);
  const answers = await Promise.all(
    bodies.map((body) =>
      ask(run, operation, { name: 'race', path, body, header: { 'If-Match': tag }, provoked: true }),
    ),
  );
  const [first, second] = answers;
  if (first === undefined || second === undefined) return unknown('no answer came');
  return isSuccess(first.status) && isSuccess(second.status)
    ? broken('two changes of one version were both made', second)
    : kept;
}
