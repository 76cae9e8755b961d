import { createRequire } from 'node:module';
import type * as AjvFormats from 'ajv-formats/dist/formats.js';
import { isDate, isDateTime, isTime } from './date-formats.ts';

/** How one format is judged: a test for strings, or for numbers. */
interface Format {
  /** In words: `a UUID`. */
  readonly words: string;
  readonly type?: 'number';
  readonly validate: (value: never) => boolean;
}

type Known = keyof typeof AjvFormats.fullFormats;

const load = createRequire(import.meta.url);

/** ajv-formats' own reading, loaded with the first text that is held to it. */
function borrowed(name: Known): (text: string) => boolean {
  let test: ((text: string) => boolean) | undefined;
  return (text) => {
    test ??= testOf(name);
    return test(text);
  };
}

function testOf(name: Known): (text: string) => boolean {
  const { fullFormats } = load('ajv-formats/dist/formats.js') as typeof AjvFormats;
  const format: unknown = fullFormats[name];
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return (text) => Boolean(format(text));
  throw new Error(`ajv-formats has no test for ${name}`);
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const base64Shape = /^[A-Za-z0-9+/]*={0,2}$/;
const labelShape = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const atomsShape = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const quotedShape = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/;
const iriShape = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i;
const iriReferenceShape = /^[^\s<>"{}|\\^`]*$/;

// An address has at most 45 characters; the expression behind it is not for longer texts.
const borrowedIpv6 = borrowed('ipv6');
const isIpv6 = (text: string): boolean => text.length <= 45 && borrowedIpv6(text);
const isIpv4 = borrowed('ipv4');

/** https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
function isHostname(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => labelShape.test(label));
}

/** https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2 */
function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (text.length > 254 || at < 1 || at > 64) return false;
  const local = text.slice(0, at);
  return (atomsShape.test(local) || quotedShape.test(local)) && isMailDomain(text.slice(at + 1));
}

function isMailDomain(domain: string): boolean {
  if (!domain.startsWith('[') || !domain.endsWith(']')) return isHostname(domain);
  const literal = domain.slice(1, -1);
  return literal.startsWith('IPv6:') ? isIpv6(literal.slice(5)) : isIpv4(literal);
}

/** Addresses in any script: something on both sides of an `@`, and no white space. */
function isIdnEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && at < text.length - 1 && text.length <= 320 && !/\s/.test(text);
}

function isIdnHostname(text: string): boolean {
  return (
    text.length > 0 && text.length <= 253 && !/[\s/?#@:]/.test(text) && !text.split(/[.。．｡]/).includes('')
  );
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && base64Shape.test(text);
}

function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
}

/** Expressions that repeat a group overflow the machine's stack on texts beyond this; such are not looked at closely. */
const longestLooked = 100_000;

function unlessHuge(test: (text: string) => boolean): (text: string) => boolean {
  return (text) => text.length > longestLooked || test(text);
}

const borrowedRegex = borrowed('regex');

const table: Readonly<Record<string, Format>> = {
  'date-time': { words: 'a date and time of RFC 3339, such as 2024-01-31T09:30:00Z', validate: isDateTime },
  date: { words: 'a date, such as 2024-01-31', validate: isDate },
  time: { words: 'a time with offset, such as 09:30:00Z', validate: isTime },
  duration: { words: 'a duration, such as P1DT12H', validate: unlessHuge(borrowed('duration')) },
  email: { words: 'an email address', validate: isEmail },
  'idn-email': { words: 'an email address', validate: isIdnEmail },
  hostname: { words: 'a host name', validate: isHostname },
  'idn-hostname': { words: 'a host name', validate: isIdnHostname },
  ipv4: { words: 'an IPv4 address', validate: isIpv4 },
  ipv6: { words: 'an IPv6 address', validate: isIpv6 },
  uri: { words: 'a URI', validate: unlessHuge(borrowed('uri')) },
  'uri-reference': {
    words: 'a URI or a relative reference',
    validate: unlessHuge(borrowed('uri-reference')),
  },
  'uri-template': { words: 'a URI template', validate: unlessHuge(borrowed('uri-template')) },
  iri: { words: 'an IRI', validate: (text: string): boolean => iriShape.test(text) },
  'iri-reference': {
    words: 'an IRI or a relative reference',
    validate: (text: string): boolean => iriReferenceShape.test(text),
  },
  uuid: { words: 'a UUID', validate: (text: string): boolean => text.length === 36 && uuidShape.test(text) },
  'json-pointer': { words: 'a JSON pointer', validate: unlessHuge(borrowed('json-pointer')) },
  'relative-json-pointer': {
    words: 'a relative JSON pointer',
    validate: unlessHuge(borrowed('relative-json-pointer')),
  },
  regex: {
    words: 'a regular expression',
    validate: (text: string): boolean => text.length > 10_000 || borrowedRegex(text),
  },
  byte: { words: 'base64', validate: isBase64 },
  base64: { words: 'base64', validate: isBase64 },
  int32: { words: 'an integer of 32 bits', type: 'number', validate: isInt32 },
  int64: { words: 'an integer of 64 bits', type: 'number', validate: Number.isInteger },
  float: { words: 'a number', type: 'number', validate: Number.isFinite },
  double: { words: 'a number', type: 'number', validate: Number.isFinite },
};

/** A format as ajv takes it. */
export interface FormatTest {
  readonly type: 'string' | 'number';
  readonly validate: (value: never) => boolean;
}

/** The formats that are asserted. Every other name (`binary`, `password`, one's own) is an annotation only. */
export const formatTests: ReadonlyMap<string, FormatTest> = new Map(
  Object.entries(table).map(([name, { type, validate }]) => [name, { type: type ?? 'string', validate }]),
);

/** A format in words: `a UUID`. */
export function formatPhrase(name: string): string {
  return (Object.hasOwn(table, name) ? table[name]?.words : undefined) ?? `a value of format "${name}"`;
}
