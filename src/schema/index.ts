export { compileSchema } from './compile-schema.ts';
export { canonicalText, deepEqual } from './deep-equal.ts';
export { unwantedMembers } from './direction.ts';
export {
  type Family,
  type FamilyMember,
  type Kinship,
  kinshipOf,
  memberNamed,
  setKinship,
} from './family.ts';
export { hasRightShape } from './keyword-shapes.ts';
export { compilePattern, patternFault } from './pattern.ts';
export { isDangerousPattern } from './pattern-danger.ts';
export {
  createRecursion,
  type Discriminator,
  doubtfulNull,
  follow,
  type Schema,
  type SchemaObject,
  type TypeName,
  typesOf,
  type XmlHints,
} from './schema.ts';
export { schemaFaults } from './schema-faults.ts';
export type { Direction, SchemaViolation, Validator } from './validator.ts';
export { walkSchemas } from './walk-schemas.ts';
