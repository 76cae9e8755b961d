import { drawUuid, hex, type NameKind, range, slugWords } from './draw.ts';
import { from, kept } from './from-faker.ts';

/** Keys, codes and goods. */
export const keys: Readonly<Record<string, NameKind>> = {
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
  product: { text: kept((faker) => faker.commerce.productName()) },
  vehicle: { text: kept((faker) => faker.vehicle.vehicle()) },
  book: { text: kept((faker) => faker.book.title()) },
  animal: { text: kept((faker) => faker.animal.type()) },
  material: { text: kept((faker) => faker.commerce.productMaterial()) },
  food: { text: kept((faker) => faker.food.dish()) },
  song: { text: kept((faker) => faker.music.songName()) },
  artist: { text: kept((faker) => faker.music.artist()) },
  album: { text: kept((faker) => faker.music.album()) },
};

/** Counts and measures. */
export const numbers: Readonly<Record<string, NameKind>> = {
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
