import { allowsType, allPropertiesOf, plainName, requiredOf } from '../plan/index.ts';
import { follow, type Schema } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';
import type { Thing } from './collection.ts';
import { isFlagged } from './flags.ts';

/** Puts what a client sends in the place of what the server has of a thing. */
export interface Join {
  /** The server's members with the client's in their place; what the client left out is not made up for it. */
  join(server: Thing, sent: Thing, isNew: boolean): Record<string, unknown>;
}

/** What is known of a member before anything is sent. */
interface Joint {
  /** Whether only the server sets it. */
  readonly isOwn: boolean;
  /** Whether a client may send it. */
  readonly isAsked: boolean;
  /** What is set where the client leaves it out, whatever the server made. */
  readonly byDefault: unknown;
  /** Whether what the server made stays where a new thing comes without it. */
  readonly isWished: boolean;
  readonly mayBeNull: boolean;
  readonly isRequired: boolean;
  /** How members of its own are joined; absent where it is taken as a whole. */
  readonly inner: (() => Join) | undefined;
}

const undeclared: Joint = {
  isOwn: false,
  isAsked: false,
  byDefault: undefined,
  isWished: false,
  mayBeNull: false,
  isRequired: false,
  inner: undefined,
};

const nobody = {};
const known = new WeakMap<object, WeakMap<object, Join>>();

/** The join of what is shown by one schema and asked for by another. Made once. */
export function joinOf(shown: Schema, asked: Schema | undefined): Join {
  if (typeof shown === 'boolean') return createJoin(shown, asked);
  const ofShown = known.get(shown) ?? new WeakMap<object, Join>();
  known.set(shown, ofShown);
  const key = typeof asked === 'object' ? asked : nobody;
  const found = ofShown.get(key) ?? createJoin(shown, asked);
  ofShown.set(key, found);
  return found;
}

function createJoin(shown: Schema, asked: Schema | undefined): Join {
  const joints = jointsOf(shown, asked);
  return {
    join(server, sent, isNew) {
      const result: Record<string, unknown> = {};
      for (const name of Object.keys(server)) {
        const joint = joints.get(name) ?? undeclared;
        const made = server[name];
        if (!joint.isOwn && Object.hasOwn(sent, name))
          setOwn(result, name, joinMember(joint, made, { sent: sent[name], isNew }));
        else if (joint.isOwn || !joint.isAsked) setOwn(result, name, made);
        else leaveOut(result, name, { joint, made, isNew });
      }
      for (const name of Object.keys(sent)) {
        if (Object.hasOwn(server, name)) continue;
        if (joints.get(name)?.isOwn !== true) setOwn(result, name, sent[name]);
      }
      return result;
    },
  };
}

function jointsOf(shown: Schema, asked: Schema | undefined): ReadonlyMap<string, Joint> {
  const ofShown = allPropertiesOf(shown);
  const ofAsked = asSpelled(allPropertiesOf(asked), ofShown);
  const required = requiredOf(shown);
  const joints = new Map<string, Joint>();
  for (const name of new Set([...ofShown.keys(), ...ofAsked.keys()])) {
    const [schema, written] = [ofShown.get(name), ofAsked.get(name)];
    const merges = allPropertiesOf(schema).size > 0 && allPropertiesOf(written).size > 0;
    joints.set(name, {
      isOwn: isFlagged(schema, 'readOnly') || isFlagged(written, 'readOnly'),
      isAsked: written !== undefined,
      byDefault: defaultOf(written) ?? defaultOf(schema),
      isWished: hasWish(schema),
      mayBeNull: typeof schema === 'object' && saysNull(schema),
      isRequired: required.has(name),
      inner: merges ? () => joinOf(schema ?? true, written) : undefined,
    });
  }
  return joints;
}

/** What may be sent, under the names that things show it by. */
function asSpelled(
  asked: ReadonlyMap<string, Schema>,
  shown: ReadonlyMap<string, Schema>,
): ReadonlyMap<string, Schema> {
  const names = new Map([...shown.keys()].map((name) => [plainName(name), name]));
  return new Map(
    [...asked].map(([name, schema]) => [
      shown.has(name) ? name : (names.get(plainName(name)) ?? name),
      schema,
    ]),
  );
}

function joinMember(
  { inner }: Joint,
  made: unknown,
  { sent, isNew }: { readonly sent: unknown; readonly isNew: boolean },
): unknown {
  return inner !== undefined && isRecord(made) && isRecord(sent) ? inner().join(made, sent, isNew) : sent;
}

function leaveOut(
  result: Record<string, unknown>,
  name: string,
  { joint, made, isNew }: { readonly joint: Joint; readonly made: unknown; readonly isNew: boolean },
): void {
  const { byDefault, isWished, mayBeNull, isRequired } = joint;
  if (byDefault !== undefined) setOwn(result, name, byDefault);
  else if (isNew && isWished) setOwn(result, name, made);
  else if (mayBeNull) setOwn(result, name, null);
  else if (isRequired && made !== undefined) setOwn(result, name, made);
}

/** An author who says how a value is made wants it made. */
function hasWish(schema: Schema | undefined): boolean {
  const node = schema === undefined ? undefined : follow(schema);
  return typeof node === 'object' && node['x-faker'] !== undefined;
}

function saysNull(schema: Schema): boolean {
  const node = follow(schema);
  return typeof node === 'object' && node.type !== undefined && allowsType(node, 'null');
}

function defaultOf(schema: Schema | undefined): unknown {
  const node = schema === undefined ? undefined : follow(schema);
  return typeof node === 'object' ? node.default : undefined;
}
