import type { Random } from '../../core/index.ts';
import { cutText, fitsLength, lengthOf } from './length.ts';

const fillers = ['and more', 'in detail', 'for all', 'as before', 'on time', 'with care'];

/** Cuts a text that is too long, at a word where there is one, and lengthens one that is too short. */
export function fitText(
  text: string,
  random: Random,
  { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number },
): string {
  if (fitsLength(text, minLength, maxLength)) return text;
  const length = lengthOf(text);
  if (length > maxLength) return shorten(text, minLength, maxLength);
  return lengthen(text, length, random, { minLength, maxLength });
}

function shorten(text: string, minLength: number, maxLength: number): string {
  const cut = cutText(text, maxLength);
  const atWord = cut.lastIndexOf(' ');
  const words = atWord > maxLength / 2 ? cut.slice(0, atWord) : cut;
  const trimmed = words.replace(/[\s,.;:-]+$/, '');
  return lengthOf(trimmed) >= Math.max(1, minLength) ? trimmed : cut;
}

function lengthen(
  text: string,
  length: number,
  random: Random,
  { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number },
): string {
  const isSentence = text.includes(' ');
  let result = text;
  let count = length;
  while (count < minLength) {
    const piece = isSentence ? ` ${random.pick(fillers)}` : String.fromCharCode(97 + random.integer(0, 25));
    result += piece;
    count += piece.length;
  }
  return count > maxLength ? cutText(result, maxLength) : result;
}
