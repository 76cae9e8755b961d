import { cutText, lengthOf } from '../text/length.ts';

/** What Prism gives for a format; `string` for those that are not here. */
const textOfFormat: Readonly<Record<string, string>> = {
  email: 'user@example.com',
  'idn-email': 'пользователь@пример.ру',
  'date-time': '2019-08-24T14:15:22Z',
  date: '2019-08-24',
  time: '14:15:22Z',
  ipv4: '192.168.0.1',
  ipv6: '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
  hostname: 'example.com',
  'idn-hostname': 'пример.ру',
  uri: 'http://example.com',
  'uri-reference': '../dictionary',
  'uri-template': 'http://example.com/{endpoint}',
  iri: 'http://пример.ру',
  'iri-reference': '../словарь',
  'json-pointer': '/json/pointer',
  'relative-json-pointer': '1/relative/json/pointer',
  regex: '/regex/',
};

/** Prism's static text for a format, lengths and (where it is a UUID) the property's name. */
export function staticText(
  format: string | undefined,
  { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number },
  name: string | undefined,
): string {
  if (format === 'uuid') return uuidOf(name === undefined || name === '' ? 'id' : name);
  if (format === 'password') return passwordOf(minLength);
  const own = format === undefined ? undefined : textOfFormat[format];
  if (own !== undefined) return own;
  const length = Math.min(minLength, 1_000_000);
  const text = 'string'.padEnd(length, 'string');
  return lengthOf(text) > maxLength ? cutText(text, maxLength) : text;
}

function passwordOf(minLength: number): string {
  const length = Math.min(minLength, 1_000_000);
  return length <= 8 ? 'pa$$word' : 'pa$$word_'.padEnd(length, 'qwerty!@#$%^123456');
}

/** The UUID that Prism gives to a property: the same name gives the same one. */
function uuidOf(name: string): string {
  const next = smallGenerator(hashOf(name));
  const digit = (isVariant: boolean) => {
    const value = Math.floor(next() * 16);
    return (isVariant ? (value & 3) | 8 : value).toString(16);
  };
  let text = '';
  for (const char of 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx')
    text += char === 'x' || char === 'y' ? digit(char === 'y') : char;
  return text;
}

/** Java's hash of a string. */
function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** Bob Jenkins's small generator (JSF), every word of its state the same. */
function smallGenerator(seed: number): () => number {
  let [a, b, c, d] = [seed, seed, seed, seed];
  return () => {
    const mixed = (a - ((b << 27) | (b >>> 5))) | 0;
    a = b ^ ((c << 17) | (c >>> 15));
    b = (c + d) | 0;
    c = (d + mixed) | 0;
    d = (a + mixed) | 0;
    return (d >>> 0) / 4_294_967_296;
  };
}
