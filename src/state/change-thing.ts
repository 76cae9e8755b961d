import { allowsType, allPropertiesOf } from '../plan/index.ts';
import { compileSchema, type Schema } from '../schema/index.ts';
import { isRecord, mergePatch, setOwn } from '../wire/index.ts';
import type { Thing } from './collection.ts';
import { isFlagged } from './flags.ts';
import { jsonPatch } from './json-patch.ts';
import type { Kind } from './kind.ts';

/** A thing as changed, or why it cannot be. */
export type Changed = { readonly thing: Thing } | { readonly fault: string; readonly isTest?: boolean };

/** What changes a thing. */
export interface Change {
  readonly sent: unknown;
  /** The media type that it was sent as. */
  readonly mediaType: string;
  /** Whether what is sent is a JSON Patch. */
  readonly isPatch: boolean;
  /** Members that stay, whatever is sent. */
  readonly known: Thing;
}

/** Changes what a patch names and leaves the rest: a JSON Patch, a JSON merge patch, or members that are set. */
export function changeThing(kind: Kind, before: Thing, { sent, mediaType, isPatch, known }: Change): Changed {
  if (isPatch) return checked(kind, { before, patched: jsonPatch(before, sent), known });
  if (!isRecord(sent)) return { fault: 'a change is an object with the members that change' };
  if (/merge-patch\+json/i.test(mediaType))
    return checked(kind, { before, patched: { value: mergePatch(before, sent) }, known });
  const whole = { ...setMembers(before, sent, kind.schema), ...known };
  const isValid = (value: unknown): boolean => compileSchema(kind.schema).isValid(value);
  if (isValid(whole) || !isValid(before)) return { thing: whole };
  return { thing: { ...oneByOne(before, whole, isValid), ...known } };
}

interface Patching {
  readonly before: Thing;
  readonly patched: ReturnType<typeof jsonPatch>;
  readonly known: Thing;
}

/** What a patch makes of a thing must be one: its schema is the only judge of that. The server's own members stay. */
function checked(kind: Kind, { before, patched, known }: Patching): Changed {
  if ('fault' in patched) return patched;
  if (!isRecord(patched.value)) return { fault: 'the patch leaves no object' };
  const thing: Record<string, unknown> = { ...patched.value };
  for (const [name, schema] of kind.properties) {
    if (!isFlagged(schema, 'readOnly')) continue;
    if (Object.hasOwn(before, name)) setOwn(thing, name, before[name]);
    else delete thing[name];
  }
  for (const name of kind.required) {
    // What has to be there and may be null is null where a patch takes it out.
    if (
      !Object.hasOwn(thing, name) &&
      Object.hasOwn(before, name) &&
      allowsType(kind.properties.get(name), 'null')
    )
      setOwn(thing, name, null);
  }
  const whole = { ...thing, ...known };
  const [first] = compileSchema(kind.schema)
    .validate(whole)
    .filter(({ severity }) => severity === 'error');
  return first === undefined ? { thing: whole } : { fault: `after the patch, ${first.message}` };
}

/** Sets members; one whose schema tells of members of its own is merged. null takes out what cannot be null. */
function setMembers(before: Thing, sent: Thing, schema: Schema): Record<string, unknown> {
  const properties = allPropertiesOf(schema);
  const result: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(sent)) {
    const declared = properties.get(name);
    if (isFlagged(declared, 'readOnly') || value instanceof Uint8Array) continue;
    const own = Object.hasOwn(before, name) ? before[name] : undefined;
    const isMerged =
      declared !== undefined && allPropertiesOf(declared).size > 0 && isRecord(own) && isRecord(value);
    if (isMerged) setOwn(result, name, setMembers(own, value, declared));
    else if (value === null && declared !== undefined && !allowsType(declared, 'null')) delete result[name];
    else setOwn(result, name, value);
  }
  return result;
}

/** As many of the changes as the schema lets in together. */
function oneByOne(before: Thing, whole: Thing, isValid: (value: unknown) => boolean): Thing {
  let result = before;
  for (const name of new Set([...Object.keys(before), ...Object.keys(whole)])) {
    const candidate: Record<string, unknown> = { ...result };
    if (Object.hasOwn(whole, name)) setOwn(candidate, name, whole[name]);
    else delete candidate[name];
    if (isValid(candidate)) result = candidate;
  }
  return result;
}
