import type { Random } from '../../core/index.ts';
import type { Run } from '../run.ts';

type Faker = ReturnType<Run['bench']['use']>;

const fillers: Readonly<Record<string, (faker: Faker, random: Random) => string>> = {
  noun: (faker) => faker.word.noun(),
  adjective: (faker) => faker.word.adjective(),
  Adjective: (faker) => {
    const word = faker.word.adjective();
    return word.charAt(0).toUpperCase() + word.slice(1);
  },
  person: (faker) => faker.person.firstName(),
  company: (faker) => faker.company.name(),
  product: (faker) => faker.commerce.productName(),
  department: (faker) => faker.commerce.department(),
  count: (_, random) => String(random.integer(2, 24)),
};

const split = new Map<string, readonly string[]>();

/** Puts faker's words into a phrase's `{…}`. */
export function fillPhrase(run: Run, random: Random, phrase: string): string {
  let pieces = split.get(phrase);
  if (pieces === undefined) {
    pieces = phrase.split(/[{}]/);
    split.set(phrase, pieces);
  }
  const faker = run.bench.use(random, run.now);
  let text = '';
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index] ?? '';
    text += index % 2 === 0 ? piece : (fillers[piece]?.(faker, random) ?? piece);
  }
  return text;
}
