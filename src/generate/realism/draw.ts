import type { Random } from '../../core/index.ts';
import type { NumberPreference } from '../facts/draw-number.ts';
import type { Run } from '../run.ts';
import { fillPhrase } from './fill-phrase.ts';
import type { DrawText } from './from-faker.ts';
import { capital } from './words.ts';

/** What values of one kind look like, as a text and as a number. */
export interface NameKind {
  readonly text?: DrawText;
  /** The formats that the text is of. */
  readonly formats?: readonly string[];
  readonly number?: NumberPreference;
  /** Numbers that belong to the object: its position, its age. */
  readonly drawNumber?: (run: Run, random: Random, owner: Random) => number;
}

/** A range of numbers with so many decimals. */
export const range = (minimum: number, maximum: number, decimals = 0): NumberPreference => ({
  minimum,
  maximum,
  decimals,
});
/** One of a list of texts. */
export const pick =
  (list: readonly string[]): DrawText =>
  (_, random) =>
    random.pick(list);
/** One of a list of phrases, filled with faker's words. */
export const phrase =
  (list: readonly string[]): DrawText =>
  (run, random) =>
    fillPhrase(run, random, random.pick(list));
/** The formats that a web address is of. */
export const webUrl: readonly string[] = ['uri', 'url', 'uri-reference', 'iri', 'iri-reference'];

const bytes: readonly string[] = Array.from({ length: 256 }, (_, index) =>
  index.toString(16).padStart(2, '0'),
);

/** So many random hexadecimal digits. */
export function hex(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    const bits = random.next() * 4_294_967_296;
    text += `${bytes[bits & 255]}${bytes[(bits >>> 8) & 255]}${bytes[(bits >>> 16) & 255]}${bytes[bits >>> 24]}`;
  }
  return text.length === length ? text : text.slice(0, length);
}

/** Written over and over: a text put together of ten pieces takes half as long again. */
const uuid = Buffer.from('00000000-0000-4000-8000-000000000000', 'latin1');
const digits = Buffer.from('0123456789abcdef', 'latin1');
const dash = 0x2d;

/** A random UUID (version 4). */
export function drawUuid(random: Random): string {
  let bits = 0;
  let left = 0;
  for (let at = 0; at < uuid.length; at += 1) {
    if (uuid[at] === dash || at === versionAt) continue;
    if (left === 0) {
      bits = random.next() * 4_294_967_296;
      left = 8;
    }
    const digit = at === variantAt ? (bits & 3) | 8 : bits & 15;
    uuid[at] = digits[digit] as number;
    bits >>>= 4;
    left -= 1;
  }
  return uuid.toString('latin1');
}

const versionAt = 14;
const variantAt = 19;

/** `adjective-noun`. */
export const slugWords: DrawText = ({ bench }, random) => {
  const words = `${random.pick(bench.adjectives)}-${random.pick(bench.nouns)}`;
  return plainSlug.test(words)
    ? words
    : words
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^a-z0-9-]/g, '');
};

const plainSlug = /^[a-z-]+$/;

/** `Adjective Noun`. */
export const titleWords: DrawText = ({ bench }, random) =>
  `${capital(random.pick(bench.adjectives))} ${capital(random.pick(bench.nouns))}`;
