import type { Random } from '../../core/index.ts';
import { drawUuid } from '../realism/draw.ts';
import { nameKinds } from '../realism/kinds.ts';
import { momentOf, personOf } from '../realism/shared.ts';
import type { Run } from '../run.ts';
import { isoDate, isoDateTime, isoTime } from './iso-text.ts';

/** What a text of a format is made for: its lengths, and where in the object's life it lies. */
export interface FormatNeeds {
  readonly minLength: number;
  readonly maxLength: number;
  readonly moment: { readonly from: number; readonly to: number };
}

/** Draws a text of a format; one of the wrong length is tried again or given up by the caller. */
export type DrawFormat = (run: Run, random: Random, owner: Random, needs: FormatNeeds) => string;

const letters = 'abcdefghijklmnopqrstuvwxyz';

function letterRun(random: Random, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += letters.charAt(random.integer(0, 25));
  return text;
}

/** Labels of at most 60 letters, in all as long as is asked for. */
function hostOfLength(random: Random, length: number): string {
  if (length <= 60) return letterRun(random, Math.max(1, length));
  const head = length - 51 < 1 ? length - 2 : 50;
  return `${letterRun(random, head)}.${hostOfLength(random, length - head - 1)}`;
}

/** The usual text where it fits; else one that was built to the nearest length that is allowed. */
function fitted(
  usual: string,
  { minLength, maxLength }: FormatNeeds,
  build: (length: number) => string,
): string {
  if (usual.length > maxLength) return build(maxLength);
  return usual.length < minLength ? build(minLength) : usual;
}

function kindText(name: string): DrawFormat {
  const draw = nameKinds[name]?.text ?? (() => '');
  return (run, random, owner) => draw(run, random, owner);
}

const hostname: DrawFormat = (run, random, owner, needs) =>
  fitted(kindText('hostname')(run, random, owner, needs), needs, (length) => hostOfLength(random, length));

const email: DrawFormat = (run, random, owner, needs) => {
  const { username, domain } = personOf(run, owner);
  return fitted(`${username}@${domain}`, needs, (length) => emailOfLength(random, length));
};

function emailOfLength(random: Random, length: number): string {
  if (length < 6) return `a@${letterRun(random, Math.max(1, length - 2))}`;
  const local = Math.min(60, Math.max(1, Math.floor(length / 2) - 2));
  const host = length - local - 1;
  return `${letterRun(random, local)}@${host > 4 ? `${hostOfLength(random, host - 4)}.com` : letterRun(random, host)}`;
}

const uri: DrawFormat = (run, random, owner, needs) =>
  fitted(kindText('url')(run, random, owner, needs), needs, (length) => uriOfLength(random, length));

function uriOfLength(random: Random, length: number): string {
  if (length >= 13) return `https://${letterRun(random, 1)}.io/${letterRun(random, length - 13)}`;
  if (length >= 8) return `ws://${letterRun(random, length - 5)}`;
  return `a:${letterRun(random, Math.max(0, length - 2))}`;
}

const reference: DrawFormat = (run, random, owner, needs) =>
  fitted(kindText('pathname')(run, random, owner, needs), needs, (length) => letterRun(random, length));

const dateTime: DrawFormat = (run, _, owner, { moment, minLength, maxLength }) => {
  const full = isoDateTime(momentOf(run, owner, moment));
  if (maxLength < 24) return `${full.slice(0, 19)}Z`;
  return minLength > 24 ? `${full.slice(0, 23).padEnd(minLength - 1, '0')}Z` : full;
};

const time: DrawFormat = (run, _, owner, { moment, minLength }) => {
  const full = isoTime(momentOf(run, owner, moment));
  return minLength > 9 ? `${`${full}.`.padEnd(minLength - 1, '0')}Z` : `${full}Z`;
};

const date: DrawFormat = (run, _, owner, { moment }) => isoDate(momentOf(run, owner, moment));

const ipv4: DrawFormat = (run, random, owner, needs) => {
  const usual = kindText('ip')(run, random, owner, needs);
  if (usual.length > needs.maxLength || usual.length < needs.minLength) {
    const part = () => (needs.maxLength < 12 ? random.integer(1, 9) : random.integer(100, 250));
    return needs.minLength >= 12 && needs.minLength < 16
      ? `192.168.${100 + random.integer(0, 99)}.${100 + random.integer(0, 99)}`
      : `${part()}.${part()}.${part()}.${part()}`;
  }
  return usual;
};

const ipv6: DrawFormat = (run, random, owner, needs) => {
  const usual = kindText('ipv6')(run, random, owner, needs);
  if (usual.length > needs.maxLength) return needs.maxLength < 3 ? '::' : '::1';
  if (usual.length >= needs.minLength) return usual;
  return `2001:0db8:${Array.from({ length: 6 }, () => (random.integer(0, 0xffff) | 0x1000).toString(16)).join(':')}`;
};

const byte: DrawFormat = (_, random, __, { minLength, maxLength }) => {
  const usual = 4 * random.integer(3, 8);
  const least = Math.ceil(minLength / 4) * 4;
  const length = Math.min(Math.floor(maxLength / 4) * 4, Math.max(least, usual));
  return letterRun(random, length);
};

const duration: DrawFormat = (_, random, __, needs) => {
  const usual = random.pick(['P1D', 'PT30M', 'PT1H', 'P7D', 'P1Y', 'P2W', 'PT45S']);
  return fitted(usual, needs, (length) => `P${'1'.repeat(Math.max(1, length - 2))}D`);
};

const jsonPointer: DrawFormat = (_, random, __, needs) =>
  fitted(`/${letterRun(random, 5)}`, needs, (length) =>
    length === 0 ? '' : `/${letterRun(random, length - 1)}`,
  );

const relativePointer: DrawFormat = (_, random, __, needs) =>
  fitted(`1/${letterRun(random, 4)}`, needs, (length) =>
    length < 3 ? '1'.repeat(Math.max(1, length)) : `1/${letterRun(random, length - 2)}`,
  );

const plain: DrawFormat = (_, random, __, needs) =>
  fitted(letterRun(random, 8), needs, (length) => letterRun(random, length));

const uriTemplate: DrawFormat = (_, random, __, needs) =>
  fitted('/items/{id}', needs, (length) => letterRun(random, length));

/** How texts of the formats that a judge checks are drawn. */
export const formats: Readonly<Record<string, DrawFormat>> = {
  'date-time': dateTime,
  date,
  time,
  duration,
  email,
  'idn-email': email,
  hostname,
  'idn-hostname': hostname,
  ipv4,
  ipv6,
  uri,
  url: uri,
  iri: uri,
  'uri-reference': reference,
  'iri-reference': reference,
  'uri-template': uriTemplate,
  uuid: (_, random) => drawUuid(random),
  'json-pointer': jsonPointer,
  'json-pointer-uri-fragment': (run, random, owner, needs) =>
    `#${jsonPointer(run, random, owner, { ...needs, minLength: Math.max(0, needs.minLength - 1), maxLength: needs.maxLength - 1 })}`,
  'relative-json-pointer': relativePointer,
  regex: plain,
  byte,
  base64: byte,
};

/** Formats that no judge checks, and the kind of value that they ask for. */
export const formatKinds: Readonly<Record<string, string>> = {
  ip: 'ip',
  'ip-address': 'ip',
  ipvanyaddress: 'ip',
  phone: 'phone',
  'phone-number': 'phone',
  tel: 'phone',
  password: 'secret',
  slug: 'slug',
  color: 'color',
  'hex-color': 'color',
  'country-code': 'countryCode',
  country: 'country',
  currency: 'currency',
  'currency-code': 'currency',
  language: 'languageCode',
  locale: 'languageCode',
  timezone: 'timezone',
  mac: 'mac',
  'mac-address': 'mac',
  cidr: 'cidr',
  guid: 'uuid',
  ulid: 'token',
  jwt: 'token',
  semver: 'version',
  version: 'version',
  decimal: 'price',
  money: 'price',
  sha256: 'hash',
  md5: 'hash',
  markdown: 'markdown',
  html: 'html',
  isbn: 'isbn',
  iban: 'iban',
  'credit-card': 'cardNumber',
  path: 'path',
  'file-path': 'path',
  filename: 'fileName',
  binary: 'base64',
};
