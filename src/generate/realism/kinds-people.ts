import { type NameKind, phrase, pick, range } from './draw.ts';
import { from, kept } from './from-faker.ts';
import { phrases, words } from './phrases.ts';
import { birthOf, personOf } from './shared.ts';

/** People and organisations. */
export const people: Readonly<Record<string, NameKind>> = {
  fullName: {
    text: (run, _, owner) => {
      const { firstName, lastName } = personOf(run, owner);
      return `${firstName} ${lastName}`;
    },
  },
  firstName: { text: (run, _, owner) => personOf(run, owner).firstName },
  lastName: { text: (run, _, owner) => personOf(run, owner).lastName },
  middleName: { text: kept((faker) => faker.person.middleName()) },
  prefix: { text: from((faker) => faker.person.prefix()) },
  suffix: { text: from((faker) => faker.person.suffix()) },
  username: { text: (run, _, owner) => personOf(run, owner).username },
  email: {
    text: (run, _, owner) => {
      const { username, domain } = personOf(run, owner);
      return `${username}@${domain}`;
    },
    formats: ['email', 'idn-email'],
  },
  phone: {
    text: (_, random) =>
      `+1${random.integer(201, 989)}555${String(random.integer(100, 9999)).padStart(4, '0')}`,
  },
  gender: { text: pick(words.gender) },
  jobTitle: { text: kept((faker) => faker.person.jobTitle()) },
  bio: { text: phrase(phrases.sentence) },
  birthday: {
    text: (run, _, owner) => new Date(birthOf(run, owner)).toISOString().slice(0, 10),
    formats: ['date'],
  },
  age: {
    number: range(18, 80),
    drawNumber: (run, _, owner) => Math.floor((run.now - birthOf(run, owner)) / 31_557_600_000),
  },
  company: { text: kept((faker) => faker.company.name()) },
  department: { text: kept((faker) => faker.commerce.department()) },
  industry: { text: pick(words.industry) },
};
