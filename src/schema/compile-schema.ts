import { linkTo } from './link.ts';
import { beginRun, runState } from './run-state.ts';
import type { Schema, SchemaObject } from './schema.ts';
import type { Direction, SchemaViolation, Validator } from './validator.ts';
import { tooComplex, violationsOf } from './violations.ts';

/** What a schema is compiled for. */
export interface CompileOptions {
  /** Which way the values travel. Default `response`. */
  readonly direction?: Direction;
}

const kept = new WeakMap<SchemaObject, Map<Direction, Validator>>();

/**
 * Compiles a schema to a validator, which generates its code on first use. The same schema and direction give the same
 * validator.
 *
 * Keywords whose values have a wrong shape are left out (`schemaFaults` lists them). `validate` and `isValid` throw
 * `ERR_SCHEMA_INVALID` for what cannot be compiled even so; they never throw because of a value: one that is too deep to
 * be judged has one violation, `depth`.
 */
export function compileSchema(schema: Schema, options: CompileOptions = {}): Validator {
  const direction = options.direction ?? 'response';
  if (typeof schema === 'boolean') return createValidator(schema, direction);
  let validators = kept.get(schema);
  if (validators === undefined) {
    validators = new Map();
    kept.set(schema, validators);
  }
  let validator = validators.get(direction);
  if (validator === undefined) {
    validator = createValidator(schema, direction);
    validators.set(direction, validator);
  }
  return validator;
}

const nothing: readonly SchemaViolation[] = Object.freeze([]);
const nobody: ReadonlySet<string> = new Set();

function createValidator(schema: Schema, direction: Direction): Validator {
  const link = linkTo({ node: schema, keys: [] }, { direction, form: 'full', unwanted: nobody });
  const isValid = (value: unknown): boolean => {
    beginRun();
    try {
      return link.check(value);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
  const validate = (value: unknown): readonly SchemaViolation[] => {
    try {
      beginRun();
      if (link.check(value) && !runState.sawUnwanted) return nothing;
      beginRun();
      const errors = link.report(value, { instancePath: '' }) ? [] : (link.report.errors ?? []);
      return violationsOf(value, [...errors, ...runState.unwanted], direction);
    } catch (error) {
      if (error instanceof RangeError) return [tooComplex(schema)];
      throw error;
    }
  };
  return { validate, isValid };
}
