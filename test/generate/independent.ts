import { Ajv2020 } from 'ajv/dist/2020.js';
import * as addFormats from 'ajv-formats';
import type { Schema } from '../../src/schema/index.ts';

const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false, ownProperties: true });
addFormats.default.default(ajv);

/** A second reading of JSON Schema: ajv as it comes, on the schema as it is. What is wrong with a value, or `''`. */
export function independentErrors(schema: Schema, value: unknown): string {
  // ajv misreads unevaluated keywords beside dependentSchemas.
  if (JSON.stringify(schema).includes('unevaluated')) return '';
  const validate = ajv.compile(schema);
  return validate(JSON.parse(JSON.stringify(value))) ? '' : ajv.errorsText(validate.errors);
}
