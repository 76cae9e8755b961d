import { hasRightShape, kinshipOf, type SchemaObject, setKinship } from '../../schema/index.ts';

const known = new WeakMap<SchemaObject, SchemaObject>();

/** The schema without keywords whose values have a wrong shape (`required: true`), which the judge leaves out too. */
export function soundSchema(schema: SchemaObject): SchemaObject {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const entries = Object.entries(schema);
  const sound = entries.filter(([keyword, value]) => value !== undefined && hasRightShape(keyword, value));
  const result: SchemaObject = sound.length === entries.length ? schema : Object.fromEntries(sound);
  if (result !== schema) setKinship(result, kinshipOf(schema));
  known.set(schema, result);
  return result;
}
