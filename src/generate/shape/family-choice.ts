import { kinshipOf, type SchemaObject, typesOf } from '../../schema/index.ts';
import type { Alternative } from './conjunction.ts';
import { nameSchema } from './name-schema.ts';

/** How many members of a family are shown where its head stands by itself; large documents have thousands. */
const mostShown = 8;

/** The ways to decide what a value of a family is, by what else is known of it. */
export interface FamilyChoice {
  /** Where a member holds already: the names of that one. */
  readonly byMember: ReadonlyMap<object, readonly Alternative[]>;
  /** Where only the head holds: a member with its name, or the head's own name where there is no member. */
  readonly open: readonly Alternative[];
}

const choices = new WeakMap<SchemaObject, FamilyChoice>();

/** What the family leaves open that a schema is the head of; `undefined` for one that is not. */
export function familyChoice(schema: SchemaObject): FamilyChoice | undefined {
  const before = choices.get(schema);
  if (before !== undefined) return before;
  const family = kinshipOf(schema)?.getFamily?.();
  if (family === undefined) return undefined;
  const { propertyName, names, members, known } = family;
  // Names that the rest does not allow (an `enum` of others) leave the property to its own word.
  const rest: readonly Alternative[] = [...nullOf(schema), { add: [], avoid: [], spare: true }];
  const named = (allowed: readonly string[]): Alternative[] =>
    allowed.map((name) => ({ add: [nameSchema(propertyName, name)], avoid: [] }));
  const byMember = new Map(members.map((one) => [one.identity, [...named(one.names), ...rest]]));
  const shown = known.slice(0, mostShown).flatMap((member): Alternative[] => {
    const read = member.read();
    return read === undefined
      ? []
      : named(member.names).map(({ add, avoid }) => ({ add: [read, ...add], avoid }));
  });
  const choice = { byMember, open: [...(shown.length > 0 ? shown : named(names)), ...rest] };
  choices.set(schema, choice);
  return choice;
}

const nothingThere: SchemaObject = { type: 'null' };

/** A head that may be null has no name then. */
function nullOf(schema: SchemaObject): Alternative[] {
  return typesOf(schema)?.includes('null') === true ? [{ add: [nothingThere], avoid: [] }] : [];
}

/** The alternatives that are left beside the schemas that are known to hold, outermost first. */
export function familyAlternatives(
  choice: FamilyChoice,
  holding: Iterable<SchemaObject>,
): readonly Alternative[] {
  for (const schema of holding) {
    const identity = kinshipOf(schema)?.identity;
    const own = identity === undefined ? undefined : choice.byMember.get(identity);
    if (own !== undefined) return own;
  }
  return choice.open;
}
