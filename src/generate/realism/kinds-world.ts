import { type NameKind, pick, range } from './draw.ts';
import { from, kept } from './from-faker.ts';
import { words } from './phrases.ts';
import { placeOf } from './shared.ts';

/** Where things are. */
export const geography: Readonly<Record<string, NameKind>> = {
  country: { text: (run, _, owner) => placeOf(run, owner).country },
  countryCode: { text: (run, _, owner) => placeOf(run, owner).countryCode },
  state: { text: (run, _, owner) => placeOf(run, owner).state },
  stateCode: { text: (run, _, owner) => placeOf(run, owner).stateCode },
  city: { text: (run, _, owner) => placeOf(run, owner).city },
  street: { text: kept((faker) => faker.location.streetAddress()) },
  addressLine2: { text: kept((faker) => faker.location.secondaryAddress()) },
  postalCode: { text: (run, _, owner) => placeOf(run, owner).postalCode },
  latitude: {
    text: (run, _, owner) => String(placeOf(run, owner).latitude),
    number: range(-90, 90, 6),
    drawNumber: (run, _, owner) => placeOf(run, owner).latitude,
  },
  longitude: {
    text: (run, _, owner) => String(placeOf(run, owner).longitude),
    number: range(-180, 180, 6),
    drawNumber: (run, _, owner) => placeOf(run, owner).longitude,
  },
  timezone: { text: (run, _, owner) => placeOf(run, owner).timezone },
  language: { text: (run, random) => run.bench.use(random, run.now).location.language().name },
  languageCode: { text: (run, _, owner) => placeOf(run, owner).language },
  continent: { text: pick(words.continent) },
  buildingNumber: { text: (_, random) => String(random.integer(1, 240)), number: range(1, 240) },
};

/** Money and accounts. */
export const money: Readonly<Record<string, NameKind>> = {
  price: { text: (_, random) => (random.integer(100, 99_999) / 100).toFixed(2), number: range(1, 999, 2) },
  currency: { text: (run, _, owner) => placeOf(run, owner).currency },
  currencyName: { text: kept((faker) => faker.finance.currencyName()) },
  currencySymbol: { text: pick(['$', '€', '£', '¥']) },
  iban: { text: from((faker) => faker.finance.iban()) },
  bic: { text: from((faker) => faker.finance.bic()) },
  cardNumber: { text: pick(['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117']) },
  cvv: { text: (_, random) => String(random.integer(100, 999)), number: range(100, 999) },
  fourDigits: { text: (_, random) => String(random.integer(1000, 9999)), number: range(1000, 9999) },
  vat: { text: (_, random) => `DE${random.integer(100_000_000, 999_999_999)}` },
};
