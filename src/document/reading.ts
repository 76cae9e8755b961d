import type { Finding } from '../core/index.ts';
import type { ApiOperation } from './api-document.ts';
import { isObject } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import type { Schemas } from './schemas.ts';
import type { Located } from './source-file.ts';

/** What the parts of operations are read with, on first use. */
export interface Reading {
  readonly references: References;
  readonly schemas: Schemas;
  /** Throws the fault as an error that names its line. */
  readonly fail: (finding: Finding) => never;
  /** The key of the operation with that id, or that stands at that place. */
  readonly operationKey: (
    wanted: { readonly id: string } | { readonly place: Located },
  ) => string | undefined;
  /** The operations of a path item that a callback holds. */
  readonly readCallback: (expression: string, place: Located) => readonly ApiOperation[];
}

/** The place itself, or where the references that stand there lead. Throws where they lead nowhere. */
export function resolve(reading: Reading, place: Located): Located {
  if (referenceOf(place.value) === undefined) return place;
  const end = reading.references.final(place);
  return isFault(end) ? reading.fail(end) : end;
}

/** Makes a reader keep what it made of each raw object, so that what is shared in the document is shared here. */
export function keeping<Result extends object>(
  make: (reading: Reading, place: Located) => Result,
): (reading: Reading, place: Located) => Result {
  const made = new WeakMap<object, Result>();
  return (reading, place) => {
    const target = resolve(reading, place);
    if (!isObject(target.value)) return make(reading, target);
    const known = made.get(target.value);
    if (known !== undefined) return known;
    const result = Object.freeze(make(reading, target));
    made.set(target.value, result);
    return result;
  };
}
