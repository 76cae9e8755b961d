import { mayRepeatWish } from '../faker/x-faker.ts';
import { meaningOf } from '../realism/kind-of-name.ts';
import type { Shape } from '../shape/shape.ts';

/** What things are told apart by, and texts. Names of people are not among them: they hang on their object. */
const distinguishing: ReadonlySet<string> = new Set(
  `id uuid slug sku serial code token secret hash barcode isbn vin iban phone
  name title verboseName verboseNamePlural appName product book song album
  sentence bio comment message markdown html street`.split(/\s+/),
);

/** Whether the values of a property may be the same in several things: ids and titles that repeat read like a mistake. */
export function mayRepeat({ leaf }: Shape, names: readonly string[]): boolean {
  if (leaf === undefined) return true;
  const wish = leaf.parts.find((part) => part['x-faker'] !== undefined)?.['x-faker'];
  if (wish !== undefined && !mayRepeatWish(wish)) return false;
  if (leaf.parts.some((part) => part.format === 'uuid')) return false;
  if (leaf.values !== undefined || leaf.kinds.includes('object') || leaf.kinds.includes('array')) return true;
  const meaning = meaningOf(names);
  return meaning?.kind !== 'named' || !distinguishing.has(meaning.name);
}
