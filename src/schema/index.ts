export {
  createRecursion,
  type Discriminator,
  follow,
  type Recursion,
  type Schema,
  type SchemaObject,
  type TypeName,
  typesOf,
  type XmlHints,
} from './schema.ts';
export type { Direction, SchemaViolation, Validator } from './validator.ts';
