import { plainName, propertiesOf } from '../plan/index.ts';
import { follow, type Schema } from '../schema/index.ts';
import { isRecord } from './make-list.ts';

/**
 * The generated value with what the request sent in place of what was made up, wherever both have the member.
 * A member whose schema declares properties is merged; any other is taken over whole; a `readOnly` one is the server's.
 */
export function echo(generated: unknown, sent: unknown, schema: Schema | undefined): unknown {
  if (!isRecord(generated) || !isRecord(sent)) return generated;
  const declared = propertiesOf(schema);
  const result: Record<string, unknown> = { ...generated };
  for (const [key, value] of Object.entries(sent)) {
    const inner = declared.get(key);
    if (isReadOnly(inner) || (inner === undefined && !Object.hasOwn(generated, key))) continue;
    const merges = isRecord(generated[key]) && isRecord(value) && propertiesOf(inner).size > 0;
    result[key] = merges ? echo(generated[key], value, inner) : value;
  }
  return result;
}

function isReadOnly(schema: Schema | undefined): boolean {
  const node = schema === undefined ? true : follow(schema);
  return typeof node === 'object' && (node.readOnly === true || node.writeOnly === true);
}

/** An object with some members set; anything else as it is. */
export function withMembers(value: unknown, members: Readonly<Record<string, unknown>>): unknown {
  return isRecord(value) ? { ...value, ...members } : value;
}

/** What each source wants, member by member, where all of it together is not valid. */
export function echoEach(
  generated: unknown,
  sources: readonly [sent: unknown, wanted: Readonly<Record<string, unknown>>],
  { schema, isValid }: { readonly schema: Schema | undefined; readonly isValid: (value: unknown) => boolean },
): unknown {
  const [sent, wanted] = sources;
  let result = generated;
  const consider = (candidate: unknown): void => {
    if (isValid(candidate)) result = candidate;
  };
  for (const [key, value] of Object.entries(isRecord(sent) ? sent : {}))
    consider(echo(result, { [key]: value }, schema));
  for (const [key, value] of Object.entries(wanted)) consider(withMembers(result, { [key]: value }));
  return result;
}

/** The path's values under the property names that they stand for: `user_id` of the path is `userId` of the body. */
export function fromPath(
  path: Readonly<Record<string, unknown>>,
  schema: Schema | undefined,
  id?: { readonly parameter: string; readonly property: string },
): Record<string, unknown> {
  const wanted: Record<string, unknown> = {};
  const names = new Map([...propertiesOf(schema).keys()].map((name) => [plainName(name), name]));
  for (const [parameter, value] of Object.entries(path)) {
    const property = id?.parameter === parameter ? id.property : names.get(plainName(parameter));
    if (property !== undefined) wanted[property] = value;
  }
  return wanted;
}
