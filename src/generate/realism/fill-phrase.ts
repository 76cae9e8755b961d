import type { Random } from '../../core/index.ts';
import { benchOf } from '../faker/bench.ts';
import type { Run } from '../run.ts';
import { type DrawText, from, kept } from './from-faker.ts';
import { capital } from './words.ts';

const english = (): Run['bench'] => benchOf('en');

/** The phrases are English, and so are the words in them; people and companies are of the locale. */
const fillers: Readonly<Record<string, DrawText>> = {
  noun: (_, random) => random.pick(english().nouns),
  adjective: (_, random) => random.pick(english().adjectives),
  Adjective: (_, random) => capital(random.pick(english().adjectives)),
  person: from((faker) => faker.person.firstName()),
  company: kept((faker) => faker.company.name()),
  product: (run, random) => english().use(random, run.now).commerce.productName(),
  department: (run, random) => english().use(random, run.now).commerce.department(),
  count: (_, random) => String(random.integer(2, 24)),
};

/** By sound: an hour, a unit, a one-way street. */
const startsWithVowel = /^(?:[ai]|o(?!ne-|nce)|e(?![uw])|u(?!ni|s[aeu]|t[eo])|hon|hour)/i;

const split = new Map<string, readonly string[]>();

/** Puts faker's words into a phrase's `{…}`. */
export function fillPhrase(run: Run, random: Random, phrase: string): string {
  let pieces = split.get(phrase);
  if (pieces === undefined) {
    pieces = phrase.split(/[{}]/);
    split.set(phrase, pieces);
  }
  let text = '';
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index] ?? '';
    if (index % 2 === 0) text += piece;
    else {
      const word = fillers[piece]?.(run, random, random) ?? piece;
      if (startsWithVowel.test(word) && /\ba $/i.test(text)) text = `${text.trimEnd()}n `;
      text += word;
    }
  }
  return text;
}
