import { isApidoubleError, type Random } from '../../core/index.ts';
import { compileGenerator, type Generator } from '../../generate/index.ts';
import type { Schema, Validator } from '../../schema/index.ts';
import { isPlain } from './at-steps.ts';
import type { ChangeTools } from './breach.ts';

const generators = new WeakMap<object, Map<string, Generator>>();

/** A valid value of a schema in a request. Throws where there is none. */
export function makeValue(
  schema: Schema,
  { random, now, names = [] }: { random: Random; now: number; names?: readonly string[] },
): unknown {
  return generatorOf(schema, names).generate({ random, now });
}

/** Whether an error says that a schema has no value that could be made, and nothing else. */
export function saysNoValue(error: unknown): error is Error {
  return (
    isApidoubleError(error) &&
    (error.code === 'ERR_SCHEMA_UNSATISFIABLE' || error.code === 'ERR_SCHEMA_INVALID')
  );
}

/** What a function makes; `undefined` where there is no such value. Throws what is wrong otherwise. */
export function tryToMake<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (saysNoValue(error)) return undefined;
    throw error;
  }
}

function generatorOf(schema: Schema, names: readonly string[]): Generator {
  const compile = (): Generator =>
    compileGenerator(schema, { direction: 'request', source: 'faker', names, fillProperties: true });
  if (typeof schema === 'boolean') return compile();
  const kept = generators.get(schema) ?? new Map<string, Generator>();
  generators.set(schema, kept);
  const key = names.join('/');
  const generator = kept.get(key) ?? compile();
  kept.set(key, generator);
  return generator;
}

/** The tools of changes, all of whose values follow from one stream. */
export function toolsOf(random: Random, now: number): ChangeTools {
  return { random, make: (schema, name = 'value') => makeValue(schema, { random: random.fork(name), now }) };
}

/** The value without the properties that it can do without; lists and nested objects too. */
export function leastOf(value: unknown, validator: Validator): unknown {
  if (!isPlain(value)) return value;
  let least: Readonly<Record<string, unknown>> = value;
  for (const name of Object.keys(value)) {
    const { [name]: own, ...rest } = least;
    if (validator.isValid(rest)) least = rest;
    else if (Array.isArray(own)) least = withShortest(least, { name, list: own, validator });
  }
  return least;
}

function withShortest(
  value: Readonly<Record<string, unknown>>,
  { name, list, validator }: { name: string; list: readonly unknown[]; validator: Validator },
): Readonly<Record<string, unknown>> {
  for (let length = 0; length < Math.min(list.length, 20); length += 1) {
    const shorter = { ...value, [name]: list.slice(0, length) };
    if (validator.isValid(shorter)) return shorter;
  }
  return value;
}
