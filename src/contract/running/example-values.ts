import type { Random } from '../../core/index.ts';
import type { MediaTypePlan, OperationPlan, ParameterPlan } from '../../plan/index.ts';
import type { ExampleData, ExampleValues } from '../options.ts';
import { isPlain } from '../values/at-steps.ts';

/** What somebody gives for an operation. */
export function valuesFor(data: ExampleData | undefined, { key, operation }: OperationPlan): ExampleValues {
  const { operations = {} } = data ?? {};
  for (const name of [key, `${operation.method} ${operation.path}`]) {
    const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (found !== undefined) return found;
  }
  return {};
}

/** The value that somebody gives for a parameter: the operation's own, else that of its name where it is valid here. */
export function givenParameter(
  data: ExampleData | undefined,
  plan: OperationPlan,
  { parameter, validator }: ParameterPlan,
): { readonly value: unknown } | undefined {
  const place = parameter.in === 'querystring' ? 'query' : parameter.in;
  const own = valuesFor(data, plan)[place];
  if (own !== undefined && Object.hasOwn(own, parameter.name)) return { value: own[parameter.name] };
  const { parameters = {} } = data ?? {};
  for (const name of [`${place}.${parameter.name}`, parameter.name]) {
    if (Object.hasOwn(parameters, name) && validator.isValid(parameters[name]))
      return { value: parameters[name] };
  }
  return undefined;
}

interface Filling {
  readonly data: ExampleData | undefined;
  readonly media: MediaTypePlan;
  /** Whether members that the value has not are added. */
  readonly mayAdd: boolean;
}

/** A made-up body with what somebody gives for it. Values by name are used only where the whole stays valid. */
export function withGivenBody(plan: OperationPlan, made: unknown, { data, media, mayAdd }: Filling): unknown {
  const { body: own } = valuesFor(data, plan);
  const known = named(made, data?.properties ?? {});
  const base = known !== made && media.validator.isValid(known) ? known : made;
  return own === undefined ? base : merged(base, own, mayAdd);
}

function merged(base: unknown, given: unknown, mayAdd: boolean): unknown {
  if (!isPlain(base) || !isPlain(given)) return given;
  const wanted = Object.entries(given).filter(([name]) => mayAdd || Object.hasOwn(base, name));
  const changed = wanted.map(([name, value]) => [name, merged(base[name], value, mayAdd)] as const);
  return { ...base, ...Object.fromEntries(changed) };
}

/** The value with the members that have one of the names set; itself where there is none. */
function named(value: unknown, properties: Readonly<Record<string, unknown>>): unknown {
  if (Object.keys(properties).length === 0) return value;
  if (Array.isArray(value)) return value.map((one) => named(one, properties));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      Object.hasOwn(properties, name) ? properties[name] : named(one, properties),
    ]),
  );
}

const unique = '{{unique}}';

/** The value with `{{unique}}` in its texts replaced by letters that the stream of chance gives: names that may exist only once. */
export function withUnique(value: unknown, random: Random): unknown {
  if (typeof value === 'string') {
    if (!value.includes(unique)) return value;
    const letters = random.fork('unique').integer(0, 26 ** 8 - 1);
    return value.replaceAll(unique, `x${letters.toString(36)}`);
  }
  if (Array.isArray(value)) return value.map((one) => withUnique(one, random));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withUnique(one, random)]));
}
