import { ApidoubleError, originOf } from '../core/index.ts';
import type { Failure } from './run.ts';

/** The error for a place that has no value: where it is, why, and whether that is proven. */
export function unsatisfiableError({ reason, proven, path, schema }: Failure): ApidoubleError {
  const origin = originOf(schema);
  const place = path.length === 0 ? 'the schema' : `the schema of "${placeOf(path)}"`;
  const from = origin === undefined ? '' : ` (${origin.uri}#${origin.pointer})`;
  const sureness = proven ? 'This is proven' : 'This is not proven: no value was found in 1,000 tries';
  return new ApidoubleError(
    'ERR_SCHEMA_UNSATISFIABLE',
    `Cannot make a value for ${place}${from}: ${reason}. ${sureness}. Change the schema so that a value exists.`,
  );
}

function placeOf(path: readonly (string | number)[]): string {
  let text = '';
  for (const key of path) text += typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${key}`;
  return text;
}
