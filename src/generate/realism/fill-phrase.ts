import type { Random } from '../../core/index.ts';
import { benchOf } from '../faker/bench.ts';
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

/** The phrases are English, and so are the words in them; people and companies are of the locale. */
function fill(name: string, from: { local: Faker; english: Faker; random: Random }): string {
  const faker = name === 'person' || name === 'company' ? from.local : from.english;
  return fillers[name]?.(faker, from.random) ?? name;
}

const split = new Map<string, readonly string[]>();

/** Puts faker's words into a phrase's `{…}`. */
export function fillPhrase(run: Run, random: Random, phrase: string): string {
  let pieces = split.get(phrase);
  if (pieces === undefined) {
    pieces = phrase.split(/[{}]/);
    split.set(phrase, pieces);
  }
  const local = run.bench.use(random, run.now);
  const english = benchOf('en').use(random, run.now);
  let text = '';
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index] ?? '';
    text += index % 2 === 0 ? piece : fill(piece, { local, english, random });
  }
  return text;
}
