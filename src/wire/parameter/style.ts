import type { Decoded, RawParameters } from '../codec.ts';
import type { RawPairs } from './query-string.ts';

/** One way to write a parameter: the reader, the writer and the query names it is made of. */
export interface Style {
  decode(raw: RawParameters): Decoded;
  /** Need not refuse a value that would be read back as another: the codec reads what was written and compares. */
  write(value: unknown): string | undefined;
  claims(name: string): boolean;
}

/** The same for a value that stands in `name=value` pairs, wherever they are: query, cookies, form. */
export interface PairStyle {
  read(pairs: RawPairs): Decoded;
  write(value: unknown): string | undefined;
  claims(name: string): boolean;
}

/** Whether a value is an array or an object with nothing in it. */
export function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}
