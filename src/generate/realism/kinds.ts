import type { Random } from '../../core/index.ts';
import type { NumberPreference } from '../facts/draw-number.ts';
import type { Run } from '../run.ts';
import { fillPhrase } from './fill-phrase.ts';
import { phrases, words } from './phrases.ts';
import { birthOf, personOf, placeOf } from './shared.ts';

/** Draws a text; `owner` is the stream of the object that the text belongs to. */
export type DrawText = (run: Run, random: Random, owner: Random) => string;

/** What values of one kind look like, as a text and as a number. */
export interface NameKind {
  readonly text?: DrawText;
  /** The formats that the text is of. */
  readonly formats?: readonly string[];
  readonly number?: NumberPreference;
  /** Numbers that belong to the object: its position, its age. */
  readonly drawNumber?: (run: Run, random: Random, owner: Random) => number;
}

const range = (minimum: number, maximum: number, decimals = 0): NumberPreference => ({
  minimum,
  maximum,
  decimals,
});
const pick =
  (list: readonly string[]): DrawText =>
  (_, random) =>
    random.pick(list);
const phrase =
  (list: readonly string[]): DrawText =>
  (run, random) =>
    fillPhrase(run, random, random.pick(list));
const from =
  (draw: (faker: ReturnType<Run['bench']['use']>) => string): DrawText =>
  (run, random) =>
    draw(run.bench.use(random, run.now));

const webUrl = ['uri', 'url', 'uri-reference', 'iri', 'iri-reference'];

const bytes: readonly string[] = Array.from({ length: 256 }, (_, index) =>
  index.toString(16).padStart(2, '0'),
);

function hex(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    const bits = random.next() * 4_294_967_296;
    text += `${bytes[bits & 255]}${bytes[(bits >>> 8) & 255]}${bytes[(bits >>> 16) & 255]}${bytes[bits >>> 24]}`;
  }
  return text.length === length ? text : text.slice(0, length);
}

/** A random UUID (version 4). */
export function drawUuid(random: Random): string {
  const text = hex(random, 30);
  const variant = '89ab'.charAt(random.integer(0, 3));
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(12, 15)}-${variant}${text.slice(15, 18)}-${text.slice(18, 30)}`;
}

const slugWords: DrawText = (run, random) => {
  const faker = run.bench.use(random, run.now);
  return `${faker.word.adjective()}-${faker.word.noun()}`.toLowerCase().replace(/[^a-z0-9-]/g, '');
};

const titleWords: DrawText = (run, random) => {
  const faker = run.bench.use(random, run.now);
  return `${capital(faker.word.adjective())} ${capital(faker.word.noun())}`;
};

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const url: DrawText = (run, random) =>
  `https://${run.bench.use(random, run.now).internet.domainWord()}.example.com/${slugWords(run, random, random)}`;

/** Addresses of RFC 5737 and RFC 1918: nobody's. */
const ip: DrawText = (_, random) => {
  const tail = `${random.integer(0, 255)}.${random.integer(1, 254)}`;
  return random.pick([
    `10.${random.integer(0, 255)}.${tail}`,
    `192.168.${tail}`,
    `172.16.${tail}`,
    `203.0.113.${random.integer(1, 254)}`,
  ]);
};

/** Faker also knows the agents of robots. */
const browserAgent: DrawText = (run, random) => {
  let agent = '';
  for (let attempt = 0; attempt < 10 && !agent.startsWith('Mozilla'); attempt += 1)
    agent = run.bench.use(random, run.now).internet.userAgent();
  return agent;
};

const people: Readonly<Record<string, NameKind>> = {
  fullName: {
    text: (run, _, owner) => {
      const { firstName, lastName } = personOf(run, owner);
      return `${firstName} ${lastName}`;
    },
  },
  firstName: { text: (run, _, owner) => personOf(run, owner).firstName },
  lastName: { text: (run, _, owner) => personOf(run, owner).lastName },
  middleName: { text: from((faker) => faker.person.middleName()) },
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
  jobTitle: { text: from((faker) => faker.person.jobTitle()) },
  bio: { text: phrase(phrases.sentence) },
  birthday: {
    text: (run, _, owner) => new Date(birthOf(run, owner)).toISOString().slice(0, 10),
    formats: ['date'],
  },
  age: {
    number: range(18, 80),
    drawNumber: (run, _, owner) => Math.floor((run.now - birthOf(run, owner)) / 31_557_600_000),
  },
  company: { text: from((faker) => faker.company.name()) },
  department: { text: from((faker) => faker.commerce.department()) },
  industry: { text: pick(words.industry) },
};

const texts: Readonly<Record<string, NameKind>> = {
  title: { text: phrase(phrases.title) },
  verboseName: { text: titleWords },
  verboseNamePlural: { text: (run, random, owner) => `${titleWords(run, random, owner)}s` },
  name: { text: titleWords },
  sentence: { text: phrase(phrases.sentence) },
  comment: { text: phrase(phrases.comment) },
  message: { text: phrase(phrases.message) },
  error: { text: phrase(phrases.error) },
  errorCode: { text: pick(words.errorCode), number: range(100, 999) },
  word: { text: from((faker) => faker.word.noun()) },
  tag: { text: pick(words.tag) },
  category: { text: pick(words.category) },
  markdown: { text: phrase(phrases.markdown) },
  html: { text: phrase(phrases.html) },
  type: { text: pick(words.type), number: range(1, 5) },
  status: { text: pick(words.status), number: range(0, 5) },
  role: { text: pick(words.role) },
  scope: { text: pick(words.scope) },
  permission: { text: pick(words.permission) },
  severity: { text: pick(words.severity), number: range(1, 5) },
  environment: { text: pick(words.environment) },
  platform: { text: pick(words.platform) },
  browser: { text: pick(words.browser) },
  device: { text: pick(words.device) },
  action: { text: pick(words.action) },
  modelName: { text: pick(words.modelName) },
  app: { text: (_, random) => `${random.pick(words.appFamily)}.${random.pick(words.app)}` },
  appName: { text: slugWords },
  team: { text: pick(words.team) },
  petName: { text: from((faker) => faker.animal.petName()) },
  identifier: { text: from((faker) => faker.database.column()) },
  icon: { text: pick(words.icon), formats: [] },
  unit: { text: pick(words.unit) },
  regex: { text: pick(words.regex), formats: ['regex'] },
  query: { text: pick(words.query) },
};

const network: Readonly<Record<string, NameKind>> = {
  ip: { text: ip, formats: ['ipv4'] },
  ipv6: { text: (_, random) => `2001:db8:${hex(random, 4)}::${hex(random, 4)}`, formats: ['ipv6'] },
  cidr: { text: (_, random) => `10.${random.integer(0, 255)}.${random.integer(0, 255)}.0/24` },
  mac: { text: (_, random) => Array.from({ length: 6 }, () => hex(random, 2)).join(':') },
  hostname: {
    text: (run, random) => `${run.bench.use(random, run.now).internet.domainWord()}.example.com`,
    formats: ['hostname', 'idn-hostname'],
  },
  domain: {
    text: (run, random) => `${run.bench.use(random, run.now).internet.domainWord()}.example.org`,
    formats: ['hostname', 'idn-hostname'],
  },
  port: {
    text: (_, random) => String(random.pick([443, 8080, 8443, 5432, 6379])),
    number: range(1024, 49_151),
  },
  url: { text: url, formats: webUrl },
  pageLink: { text: url, formats: webUrl, number: range(1, 5) },
  image: { text: (_, random) => `https://images.example.com/${hex(random, 12)}.png`, formats: webUrl },
  userAgent: { text: browserAgent },
  protocol: { text: pick(words.protocol) },
  method: { text: pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) },
  statusCode: { text: pick(['200', '201', '204', '400', '404']), number: range(200, 599) },
  token: { text: (_, random) => hex(random, 40) },
  secret: { text: from((faker) => faker.string.alphanumeric(24)) },
  hash: { text: (_, random) => hex(random, 40) },
  base64: { text: (_, random) => btoa(hex(random, 24)), formats: ['byte'] },
  cron: { text: (_, random) => `${random.integer(0, 59)} ${random.integer(0, 23)} * * *` },
};

const files: Readonly<Record<string, NameKind>> = {
  fileName: {
    text: (run, random, owner) =>
      `${slugWords(run, random, owner)}.${random.pick(['pdf', 'csv', 'png', 'txt'])}`,
  },
  path: {
    text: (run, random, owner) => `/srv/data/${slugWords(run, random, owner)}.csv`,
    formats: ['uri-reference', 'json-pointer'],
  },
  directory: { text: (run, random, owner) => `/srv/${slugWords(run, random, owner)}` },
  pathname: { text: (run, random, owner) => `/${slugWords(run, random, owner)}`, formats: ['uri-reference'] },
  extension: { text: pick(['pdf', 'csv', 'png', 'txt', 'json']) },
  mimeType: { text: pick(['application/json', 'application/pdf', 'image/png', 'text/csv', 'text/plain']) },
};

const geography: Readonly<Record<string, NameKind>> = {
  country: { text: (run, _, owner) => placeOf(run, owner).country },
  countryCode: { text: (run, _, owner) => placeOf(run, owner).countryCode },
  state: { text: (run, _, owner) => placeOf(run, owner).state },
  stateCode: { text: (run, _, owner) => placeOf(run, owner).stateCode },
  city: { text: (run, _, owner) => placeOf(run, owner).city },
  street: { text: from((faker) => faker.location.streetAddress()) },
  addressLine2: { text: from((faker) => faker.location.secondaryAddress()) },
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

const money: Readonly<Record<string, NameKind>> = {
  price: { text: (_, random) => (random.integer(100, 99_999) / 100).toFixed(2), number: range(1, 999, 2) },
  currency: { text: (run, _, owner) => placeOf(run, owner).currency },
  currencyName: { text: from((faker) => faker.finance.currencyName()) },
  currencySymbol: { text: pick(['$', '€', '£', '¥']) },
  iban: { text: from((faker) => faker.finance.iban()) },
  bic: { text: from((faker) => faker.finance.bic()) },
  cardNumber: { text: pick(['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117']) },
  cvv: { text: (_, random) => String(random.integer(100, 999)), number: range(100, 999) },
  vat: { text: (_, random) => `DE${random.integer(100_000_000, 999_999_999)}` },
};

const keys: Readonly<Record<string, NameKind>> = {
  id: { text: (_, random) => drawUuid(random), formats: ['uuid'], number: range(1, 9999) },
  uuid: { text: (_, random) => drawUuid(random), formats: ['uuid'], number: range(1, 9999) },
  slug: { text: slugWords },
  sku: { text: (_, random) => `${random.pick(['AB', 'KT', 'MX', 'PR'])}-${random.integer(1000, 9999)}` },
  serial: { text: (_, random) => String(random.integer(100_000, 999_999)), number: range(100_000, 999_999) },
  code: { text: (_, random) => hex(random, 8).toUpperCase(), number: range(100, 999) },
  color: { text: (_, random) => `#${hex(random, 6)}` },
  version: {
    text: (_, random) => `${random.integer(0, 4)}.${random.integer(0, 20)}.${random.integer(0, 9)}`,
    number: range(1, 9),
  },
  isbn: { text: from((faker) => faker.commerce.isbn()) },
  barcode: {
    text: from((faker) => faker.commerce.upc()),
    number: range(1_000_000_000_000, 9_999_999_999_999),
  },
  vin: { text: from((faker) => faker.vehicle.vin()) },
  product: { text: from((faker) => faker.commerce.productName()) },
  vehicle: { text: from((faker) => faker.vehicle.vehicle()) },
  book: { text: from((faker) => faker.book.title()) },
  animal: { text: from((faker) => faker.animal.type()) },
  material: { text: from((faker) => faker.commerce.productMaterial()) },
  food: { text: from((faker) => faker.food.dish()) },
  song: { text: from((faker) => faker.music.songName()) },
  artist: { text: from((faker) => faker.music.artist()) },
  album: { text: from((faker) => faker.music.album()) },
};

const numbers: Readonly<Record<string, NameKind>> = {
  count: { number: range(0, 120) },
  pageCount: { number: range(1, 12) },
  pageNumber: { number: range(1, 5) },
  pageSize: { number: range(10, 50) },
  offset: { number: range(0, 100) },
  index: { number: range(0, 20) },
  size: { number: range(1, 50_000) },
  percent: { number: range(0, 100, 1) },
  rating: { number: range(1, 5, 1) },
  score: { number: range(0, 100, 1) },
  year: {
    number: range(2000, 2030),
    drawNumber: (run, random) => new Date(run.now).getUTCFullYear() - random.integer(0, 5),
    text: (run, random) => String(new Date(run.now).getUTCFullYear() - random.integer(0, 5)),
  },
  month: { number: range(1, 12) },
  day: { number: range(1, 28) },
  hour: { number: range(0, 23) },
  minute: { number: range(0, 59) },
  second: { number: range(1, 3600) },
  width: { number: range(100, 1920) },
  height: { number: range(100, 1080) },
  weight: { number: range(1, 90, 1) },
  depth: { number: range(0, 8) },
  temperature: { number: range(-5, 32, 1) },
  versionNumber: { number: range(1, 9) },
};

/** Every kind that the table of names speaks of. */
export const nameKinds: Readonly<Record<string, NameKind>> = {
  ...people,
  ...texts,
  ...network,
  ...files,
  ...geography,
  ...money,
  ...keys,
  ...numbers,
};
