import { meaningOf } from '../realism/kind-of-name.ts';
import type { Shape } from '../shape/shape.ts';

/** What things are told apart by. Names of people are not among them: they hang on their object. */
const distinguishing: ReadonlySet<string> = new Set(
  `id uuid slug sku serial code token secret hash barcode isbn vin iban
  name title verboseName verboseNamePlural appName product book song album`.split(/\s+/),
);

/** Whether the values of a property may be the same in several things: ids and titles that repeat read like a mistake. */
export function mayRepeat({ leaf }: Shape, names: readonly string[]): boolean {
  if (leaf?.parts.some((part) => part['x-faker'] !== undefined || part.format === 'uuid') === true)
    return false;
  if (leaf === undefined || leaf.values !== undefined) return true;
  if (leaf.kinds.includes('object') || leaf.kinds.includes('array')) return true;
  const meaning = meaningOf(names);
  return meaning?.kind !== 'named' || !distinguishing.has(meaning.name);
}
