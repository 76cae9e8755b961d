import { hashText, type Random } from '../../core/index.ts';
import type { Run } from '../run.ts';
import { type Place, places } from './places.ts';

/** The person that the fields of one object describe. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly domain: string;
}

/** What the fields of one object share: made from the object's stream alone, whichever of them it has. */
export interface Shared {
  readonly owner: Random;
  person?: Person;
  place?: Place;
  /** Milliseconds: when the object began. */
  beginning?: number;
}

const day = 86_400_000;

function sharedOf(run: Run, owner: Random): Shared {
  if (run.shared?.owner !== owner) run.shared = { owner };
  return run.shared;
}

/** The person of an object. */
export function personOf(run: Run, owner: Random): Person {
  const shared = sharedOf(run, owner);
  shared.person ??= makePerson(run, owner.fork('~person'));
  return shared.person;
}

function makePerson(run: Run, random: Random): Person {
  const faker = run.bench.use(random, run.now);
  const firstName = faker.person.firstName();
  const lastName = drawLastName(run, random);
  const login = asciiName(firstName) || 'user';
  const family = asciiName(lastName);
  const username = family === '' ? `${login}${random.integer(1, 999)}` : drawUsername(random, login, family);
  return { firstName, lastName, username, domain: random.pick(domains) };
}

const domains = ['example.com', 'example.org', 'example.net'];

function drawUsername(random: Random, login: string, family: string): string {
  switch (random.integer(0, 3)) {
    case 0:
      return `${login}.${family}`;
    case 1:
      return `${login.charAt(0)}${family}`;
    case 2:
      return `${login}${random.integer(1, 99)}`;
    default:
      return login;
  }
}

/** Faker's own way goes through a template for each name: most of its time. */
function drawLastName(run: Run, random: Random): string {
  const faker = run.bench.use(random, run.now);
  const names = faker.rawDefinitions.person?.last_name?.generic;
  return Array.isArray(names) && names.length > 0 ? random.pick(names) : faker.person.lastName();
}

const plainName = /^[A-Za-z]+$/;

function asciiName(name: string): string {
  if (plainName.test(name)) return name.toLowerCase();
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** The place of an object. */
export function placeOf(run: Run, owner: Random): Place {
  const shared = sharedOf(run, owner);
  const [first] = places;
  const { locale } = run.bench;
  if (shared.place === undefined) {
    const language = locale.slice(0, 2);
    const own = language === 'en' ? places : places.filter((place) => place.language === language);
    shared.place = owner.fork('~place').pick(own.length > 0 ? own : places) ?? first;
  }
  return shared.place ?? placeOf(run, owner);
}

/** A moment in an object's life, in milliseconds: 0 is its beginning, 1 is now, what is above lies in the future. */
export function momentOf(run: Run, owner: Random, window: { from: number; to: number }): number {
  const shared = sharedOf(run, owner);
  shared.beginning ??= run.now - beginningAge(owner);
  const { from, to } = window;
  const share = from === to ? from : from + (to - from) * owner.spot(spotOf(from));
  return Math.floor(shared.beginning + (run.now - shared.beginning) * share);
}

const spots = new Map<number, number>();

/** The name, as a number, of moments from a share of the life on; there are a handful of them. */
function spotOf(from: number): number {
  const known = spots.get(from) ?? hashText(`~time${from}`);
  spots.set(from, known);
  return known;
}

const [ageSpot, daySpot] = [hashText('~age'), hashText('~day')];

/** Between a few hours and two years; most objects are young. */
function beginningAge(owner: Random): number {
  const share = owner.spot(ageSpot);
  return Math.floor(day * (0.2 + 700 * share * share * share + owner.spot(daySpot)));
}

/** When the person of an object was born, in milliseconds. */
export function birthOf(run: Run, owner: Random): number {
  return run.now - owner.fork('~birth').integer(18 * 365, 80 * 365) * day;
}
