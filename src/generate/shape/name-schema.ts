import type { SchemaObject } from '../../schema/index.ts';

const known = new Map<string, SchemaObject>();

/** `{ required: [property], properties: { [property]: { const: name } } }`, one object per pair while it is known. */
export function nameSchema(property: string, name: string): SchemaObject {
  const key = JSON.stringify([property, name]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const made: SchemaObject = {
    type: 'object',
    required: [property],
    properties: Object.fromEntries([[property, { const: name }]]),
  };
  if (known.size < 10_000) known.set(key, made);
  return made;
}
