import { createRequire } from 'node:module';
import type * as Ajv from 'ajv/dist/2020.js';

const load = createRequire(import.meta.url);
let loaded: typeof Ajv | undefined;

/** Ajv, read when the first schema is compiled: reading a document and getting ready do not wait for its eighty files. */
export function ajv(): typeof Ajv {
  loaded ??= load('ajv/dist/2020.js') as typeof Ajv;
  return loaded;
}

/** Ajv's template for pieces of code. */
export const _: typeof Ajv._ = (texts, ...values) => ajv()._(texts, ...values);
