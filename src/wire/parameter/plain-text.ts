import { ApidoubleError } from '../../core/index.ts';
import { stringifyJson } from '../body/json.ts';

/** Writes a string, number, boolean or null as the text that stands for it. Throws `ERR_CODEC` for anything else. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new ApidoubleError(
    'ERR_CODEC',
    `Cannot write value "${describe(value)}": the style carries text, numbers, booleans and null at this place. Use a flat value, or another style.`,
  );
}

/** The same for an item of a list or a member of an object: what is nested there is written as JSON. */
export function nestedText(value: unknown): string {
  return typeof value === 'object' && value !== null ? stringifyJson(value) : plainText(value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? String(value) : typeof value;
}
