import { plainName } from '../plan/index.ts';
import type { Thing } from './collection.ts';
import type { Kind } from './kind.ts';

const known = new WeakMap<Kind, ReadonlyMap<string, string>>();

/** What was sent under the names that a thing has: `FriendlyName` of a form is its `friendly_name`. */
export function spelledAs(kind: Kind, sent: Thing): Thing {
  if (Object.keys(sent).every((name) => kind.properties.has(name))) return sent;
  const names =
    known.get(kind) ?? new Map([...kind.properties.keys()].map((name) => [plainName(name), name]));
  known.set(kind, names);
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const own = kind.properties.has(name) ? undefined : names.get(plainName(name));
      return [own === undefined || Object.hasOwn(sent, own) ? name : own, value];
    }),
  );
}
