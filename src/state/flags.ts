import { follow, type Schema } from '../schema/index.ts';

type Flag = 'readOnly' | 'writeOnly';

const flagged: Readonly<Record<Flag, WeakMap<object, boolean>>> = {
  readOnly: new WeakMap(),
  writeOnly: new WeakMap(),
};

/** Whether a property is the server's (`readOnly`) or the client's alone (`writeOnly`). Read once. */
export function isFlagged(schema: Schema | undefined, flag: Flag): boolean {
  if (typeof schema !== 'object') return false;
  const found = flagged[flag].get(schema) ?? readFlag(schema, flag, 0);
  flagged[flag].set(schema, found);
  return found;
}

function readFlag(schema: Schema, flag: Flag, depth: number): boolean {
  const node = follow(schema);
  if (typeof node === 'boolean' || depth > 8) return false;
  return node[flag] === true || (node.allOf ?? []).some((part) => readFlag(part, flag, depth + 1));
}
