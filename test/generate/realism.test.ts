import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { locales } from '../../src/generate/index.ts';
import { namesByKind } from '../../src/generate/realism/name-table.ts';
import type { Schema } from '../../src/schema/index.ts';
import { make, makeMember, now } from './make.ts';

const text: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const number: Schema = { type: 'number' };
const dateTime: Schema = { type: 'string', format: 'date-time' };

type Test = RegExp | ((value: unknown) => boolean);
const between = (low: number, high: number) => (value: unknown) =>
  typeof value === 'number' && value >= low && value <= high;
const before = (value: unknown) => Date.parse(String(value)) <= now;
const after = (value: unknown) => Date.parse(String(value)) > now;
const ipv4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const word = /^[\w -]+$/;
const sentence = /^[A-Z].*[.!?]$/;
const url = /^https:\/\/[\w.-]+\/\S+$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const login = /^[a-z0-9.]+$/;
const email = /^[a-z0-9.]+@example\.(com|org|net)$/;
const person = /^\p{Lu}[\p{L}'.-]+ \p{Lu}[\p{L}' .-]+$/u;

const table: readonly (readonly [string, Schema, Test])[] = [
  ['client_ip', text, ipv4],
  ['card_last_four', text, /^\d{4}$/],
  ['mcc', text, /^\d{4}$/],
  ['counterparty_name', text, person],
  ['clientIp', text, ipv4],
  ['remote_addr', text, ipv4],
  ['username', text, login],
  ['user_name', text, login],
  ['email', text, email],
  ['contact_email', text, email],
  ['full_name', text, person],
  ['phone_number', text, /^\+?[\d]{8,}$/],
  ['created', dateTime, before],
  ['created', text, before],
  ['createdAt', dateTime, before],
  ['last_login', dateTime, before],
  ['updated_on', { type: 'string', format: 'date' }, /^20\d\d-\d\d-\d\d$/],
  ['expires', dateTime, after],
  ['expires_at', integer, between(now / 1000, now / 1000 + 800 * 86_400)],
  ['created_ms', integer, (value) => typeof value === 'number'],
  [
    'dob',
    { type: 'string', format: 'date' },
    (value) => Date.parse(String(value)) < now - 17 * 365 * 86_400_000,
  ],
  ['slug', text, /^[a-z0-9-]+$/],
  ['verbose_name', text, /^[A-Z][\w-]+ [A-Z][\w-]+$/],
  ['verbose_name_plural', text, /s$/],
  ['title', text, /^[A-Z0-9].{5,}/],
  ['description', text, sentence],
  ['detail', text, sentence],
  ['message', text, sentence],
  ['id', integer, between(1, 9999)],
  ['pk', text, uuid],
  ['user_id', text, uuid],
  ['count', integer, between(0, 120)],
  ['total_count', integer, between(0, 120)],
  ['total_pages', integer, between(1, 12)],
  ['page', integer, between(1, 5)],
  ['page_size', integer, between(10, 50)],
  ['price', number, between(1, 999)],
  ['currency', text, /^[A-Z]{3}$/],
  ['country_code', text, /^[A-Z]{2}$/],
  ['city', text, word],
  ['zip_code', text, /^[\w -]{4,8}$/],
  ['latitude', number, between(-90, 90)],
  ['lng', number, between(-180, 180)],
  ['color', text, /^#[0-9a-f]{6}$/],
  ['version', text, /^\d+\.\d+\.\d+$/],
  ['status', text, /^[a-z]+$/],
  ['website', text, url],
  ['next', text, url],
  ['avatar', text, url],
  ['file_name', text, /^[a-z0-9-]+\.[a-z]{3}$/],
  ['mime_type', text, /^[a-z]+\/[a-z]+$/],
  ['timezone', text, /^[A-Z]\w+\/[A-Z]\w+$/],
  ['hostname', text, /^[a-z0-9-]+\.example\.com$/],
  ['port', integer, between(1024, 49_151)],
  ['user_agent', text, /^Mozilla/],
  ['access_token', text, /^[0-9a-f]{40}$/],
  ['iban', text, /^[A-Z]{2}\d{2}/],
  ['app', text, /^[a-z]+\.[a-z]+$/],
  ['model_name', text, /^[a-z]+$/],
  ['action', text, /^[a-z]+$/],
  ['age', integer, between(17, 81)],
  ['year', integer, between(2018, 2024)],
  ['rating', number, between(1, 5)],
  ['percent', number, between(0, 100)],
  ['company', text, (value) => typeof value === 'string' && value.length > 3],
];

describe('what a name asks for', () => {
  it.each(table)('%s', (name, schema, test) => {
    for (let seed = 0; seed < 25; seed += 1) {
      const value = makeMember(name, schema, seed);
      const isRight = test instanceof RegExp ? test.test(String(value)) : test(value);
      expect(isRight, `${name}: ${JSON.stringify(value)}`).toBe(true);
    }
  });

  it('depends on the parent', () => {
    const named = (parent: string) => {
      const schema = { type: 'object' as const, properties: { name: text } };
      return (makeMember(parent, schema, 4) as { name: string }).name;
    };
    expect(named('user')).toMatch(person);
    expect(named('authors')).toMatch(person);
    expect(named('attachment')).toMatch(/\.\w{3}$/);
    expect(named('server')).toMatch(/\.example\.com$/);
    expect(named('application')).toMatch(/^[a-z0-9-]+$/);
  });

  it('depends on the names that the caller gives, wrappers aside', () => {
    const value = make(text, 3, { names: ['user', 'name'] });
    expect(value).toMatch(person);
    expect(make(text, 3, { names: ['results', 'client_ip'] })).toBe(make(text, 3, { names: ['client_ip'] }));
  });

  it('is kept inside the constraints', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(makeMember('description', { type: 'string', maxLength: 12 }, seed)).toMatch(/^.{1,12}$/);
      expect(makeMember('username', { type: 'string', minLength: 30 }, seed)).toMatch(/^.{30,}$/);
      expect(makeMember('count', { type: 'integer', minimum: 5000 }, seed)).toSatisfy(between(5000, 9000));
      expect(makeMember('email', { type: 'string', pattern: '^[a-z]{4}$' }, seed)).toMatch(/^[a-z]{4}$/);
      expect(makeMember('city', { type: 'string', enum: ['x', 'y'] }, seed)).toMatch(/^[xy]$/);
    }
  });
});

describe('coherence inside one object', () => {
  const names = (schema: Schema, ...keys: readonly string[]): Schema => ({
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key, schema])),
  });

  it('orders moments', () => {
    const schema = names(
      dateTime,
      'expires',
      'updated_at',
      'created_at',
      'started_at',
      'finished_at',
      'last_login',
    );
    for (let seed = 0; seed < 30; seed += 1) {
      const made = make(schema, seed) as Record<string, string>;
      const order = ['created_at', 'started_at', 'updated_at', 'finished_at', 'last_login', 'expires'].map(
        (name) => made[name] ?? '',
      );
      expect(order).toEqual([...order].sort());
      expect(Date.parse(order.at(-2) ?? '')).toBeLessThanOrEqual(now);
      expect(Date.parse(order.at(-1) ?? '')).toBeGreaterThan(now);
    }
  });

  it('speaks of one person', () => {
    const made = make(names(text, 'full_name', 'first_name', 'last_name', 'email', 'username'), 8) as Record<
      string,
      string
    >;
    expect(made.full_name).toBe(`${made.first_name} ${made.last_name}`);
    expect(made.email).toMatch(new RegExp(`^${made.username}@`));
  });

  it('speaks of one place', () => {
    const cities = new Map<unknown, unknown>();
    for (let seed = 0; seed < 60; seed += 1) {
      const made = make(names(text, 'city', 'country_code'), seed) as Record<string, string>;
      expect(cities.get(made.city) ?? made.country_code).toBe(made.country_code);
      cities.set(made.city, made.country_code);
    }
    expect(cities.size).toBeGreaterThan(10);
  });

  it('orders lower and upper bounds', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const made = make(names(number, 'min_price', 'max_price'), seed) as Record<string, number>;
      expect(made.min_price).toBeLessThanOrEqual(made.max_price ?? 0);
    }
  });
});

describe('objects without declared properties', () => {
  it.each(['context', 'user', 'brand', 'metadata', 'settings', 'whatever'])(
    '%s holds a few plain members',
    (name) => {
      for (const schema of [
        {},
        { type: 'object' },
        { type: 'object', additionalProperties: true },
      ] as Schema[]) {
        for (let seed = 0; seed < 10; seed += 1) {
          const value = makeMember(name, schema, seed) as Record<string, unknown>;
          expect(Object.keys(value).length).toBeLessThanOrEqual(4);
          for (const member of Object.values(value)) expect(typeof member).not.toBe('object');
        }
      }
    },
  );

  it('of a user are a user', () => {
    expect(makeMember('user', {}, 1)).toEqual({
      pk: expect.any(Number),
      username: expect.stringMatching(login),
      email: expect.stringMatching(email),
    });
  });
});

describe('x-faker', () => {
  it.each<[string, unknown, Schema, Test]>([
    ['a method', 'location.countryCode', text, /^[A-Z]{2}$/],
    ['a method with arguments', { 'helpers.arrayElement': [['left', 'right']] }, text, /^(left|right)$/],
    ['a list of a method and arguments', ['string.alpha', 5], text, /^[A-Za-z]{5}$/],
    ['an options object', { 'number.int': { min: 7, max: 9 } }, integer, between(7, 9)],
    ['dates about the clock of the mock', 'date.future', dateTime, after],
    ['an unknown method gives way', 'no.such', text, /./],
    ['an inherited method gives way', 'constructor.constructor', text, /./],
    ['too much work gives way', { 'string.alpha': 100_000_000 }, text, /^.{1,100}$/],
    [
      'a value that breaks the constraints gives way',
      'number.int',
      { type: 'integer', maximum: 3 },
      between(-2000, 3),
    ],
  ])('%s', (_, wish, schema, test) => {
    for (let seed = 0; seed < 10; seed += 1) {
      const value = makeMember('thing', { ...(schema as object), 'x-faker': wish }, seed);
      expect(test instanceof RegExp ? test.test(String(value)) : test(value), String(value)).toBe(true);
    }
  });
});

describe('locales', () => {
  const schema: Schema = {
    type: 'object',
    properties: { first_name: text, last_name: text, country_code: text },
  };

  it('change names and places, and give the same value again', () => {
    const german = make(schema, 1, { locale: 'de' });
    expect(german).toEqual(make(structuredClone(schema), 1, { locale: 'de' }));
    expect(german).not.toEqual(make(schema, 1));
    expect((german as { country_code: string }).country_code).toMatch(/^(DE|AT|CH)$/);
  });

  it('all have a value for every kind, and are all that faker has', () => {
    const names = Object.values(namesByKind).map((list) => list.split(' ')[0] ?? '');
    const all: Schema = {
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, text])),
    };
    for (const locale of locales) {
      const value = make(all, 1, { locale }) as Record<string, string>;
      for (const name of names) expect(value[name], `${name} in ${locale}`).toMatch(/^(?!.*undefined).+/s);
    }
    const known = readdirSync(new URL('../../node_modules/@faker-js/faker/dist/locale', import.meta.url))
      .filter((file) => file.endsWith('.js') && file !== 'base.js')
      .map((file) => file.slice(0, -3));
    expect([...locales].sort()).toEqual(known.sort());
  });

  it('that are unknown are refused', () => {
    expect(() => make(schema, 1, { locale: 'xx' })).toThrow(
      /Cannot use the locale "xx": .* Use one of .*de, /s,
    );
    expect(() => make(schema, 1, { locale: '../../x' })).toThrow(/Cannot use the locale/);
  });
});

it('writes "an" before a vowel', () => {
  const sentences = ['title', 'description'].flatMap((name) =>
    Array.from({ length: 300 }, (_, seed) => String(makeMember(name, text, seed))),
  );
  expect(sentences.filter((one) => /\ba [aio]/i.test(one) && !/\ba on[ec]/i.test(one))).toEqual([]);
  expect(sentences.some((one) => /\ban [aeiou]/i.test(one))).toBe(true);
});
