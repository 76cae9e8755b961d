import type { Schema } from '../../schema/index.ts';
import type { Thing } from '../running/read-thing.ts';
import { isSuccess } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { ask, broken, type Finding, kept, unknown } from './journey.ts';
import { isThere, type LifeContext, lostIf, schemasOf } from './life-context.ts';
import { declaredProperties, type isOnly, judgeDifference } from './same-value.ts';

/** What was made is read as it was written. */
export async function lookStored(context: LifeContext, thing: Thing): Promise<Finding> {
  const seen = await context.read(thing);
  if (seen === undefined) return unknown('it could not be read');
  if (!isSuccess(seen.status))
    return broken(`what was created is answered with ${seen.status} when it is read`, seen, lostIf(seen));
  const { life, forms } = context;
  const written = forms.sent(life.create, thing.sent.body?.value);
  return judgeDifference(seen, { written, schemas: schemasOf(context, life.create) });
}

const oddTexts: readonly (string | ((schema: Schema | undefined) => string))[] = [
  ' two  blanks ',
  'Zoë — 日本 🦉',
  `"quotes" 'and' <tags> & more`,
  '50%20off %41 a+b',
  '100% _under_ \\back/',
  'null',
  'with\u0000nul',
  'lines\r\nand\ttabs',
  longest,
];

/** A text as long as is allowed, its end unlike its start. */
function longest(schema: Schema | undefined): string {
  const length = typeof schema === 'object' ? Math.min(schema.maxLength ?? 200, 2000) : 200;
  return `${'l'.repeat(Math.max(0, length - 1))}e`.slice(0, length);
}

/** Free texts of the request, each with an odd value: they are read as they were written. */
export async function lookRoundTrip(context: LifeContext, thing: Thing): Promise<Finding> {
  const { run, life, forms } = context;
  const { request } = schemasOf(context, life.create);
  const body = forms.sent(life.create, await context.bodyFor(life.create, 'round trip'));
  if (!isPlain(body)) return unknown('the body has no properties');
  const declared = declaredProperties(request);
  const names = [...declared]
    .filter(([name, schema]) => isFreeText(schema) && Object.hasOwn(body, name))
    .map(([name]) => name);
  if (names.length === 0) return unknown('no property takes any text');
  const plan = run.api.compile(life.create);
  for (const [index, odd] of oddTexts.entries()) {
    const whole = await context.bodyFor(life.create, `round trip ${index}`);
    const fresh = forms.sent(life.create, whole);
    if (!isPlain(fresh)) continue;
    const validator = plan.body?.mediaTypes[0]?.validator;
    const bodyWith = (one: unknown): unknown => forms.withThing(life.create, whole, one);
    const odder = { ...fresh };
    for (const name of names) {
      const value = typeof odd === 'string' ? odd : odd(declared.get(name));
      const isValid = validator?.isValid(bodyWith({ ...odder, [name]: value })) === true;
      if (Object.hasOwn(fresh, name) && isValid) odder[name] = value;
    }
    const wanted = bodyWith(odder);
    const seen = await ask(run, life.create, { name: 'round trip', path: thing.path, body: wanted });
    if (!isThere(seen)) continue;
    const made = run.things.read(
      plan,
      { values: { path: thing.path, body: { value: wanted, contentType: '' } }, exchange: seen.exchange },
      life.source,
    );
    if (made === undefined) continue;
    const finding = await context.eventually(() => lookStored(context, made));
    if (finding.kind === 'broken') return finding;
  }
  return kept;
}

function isFreeText(schema: Parameters<typeof isOnly>[0]): boolean {
  if (typeof schema !== 'object') return false;
  const { type, format, pattern, enum: members } = schema;
  return (
    type === 'string' &&
    format === undefined &&
    pattern === undefined &&
    members === undefined &&
    schema.const === undefined
  );
}
