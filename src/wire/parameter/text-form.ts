import { ApidoubleError } from '../../core/index.ts';
import type { WireFault } from '../codec.ts';
import { quote } from '../fault.ts';
import { createPercentWriter, decodeForm, decodePercent } from '../percent.ts';

/** How a piece of text stands in one part of a message: encoded when written, decoded once when read. */
export interface TextForm {
  read(raw: string, faults: WireFault[]): string;
  write(text: string): string;
}

/** What of RFC 3986's reserved characters `allowReserved` leaves as they are, without ending the part they stand in. */
const reserved = {
  path: ":@$&+,;=!'()*[]",
  query: ":/?@$,;=[]!'()*",
  cookie: ":/?@$&=[]!'()*#",
} as const;

/**
 * Text in a path, a query or a `form` cookie. `delimiters` are always encoded, so that they can be data.
 * With `allowReserved` a `+` in a query is itself, since it is one of the reserved characters.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#appendix-e-percent-encoding-and-form-media-types
 */
export function percentForm(
  part: 'path' | 'query' | 'cookie',
  allowReserved: boolean,
  delimiters: string,
): TextForm {
  const kept = allowReserved ? [...reserved[part]].filter((one) => !delimiters.includes(one)).join('') : '';
  const encode = createPercentWriter(kept);
  const write = (text: string): string => encodeDots(encode(text), delimiters);
  return { read: part === 'query' && !allowReserved ? decodeForm : decodePercent, write };
}

/** The dot is unreserved, so only `label`, which separates by it, has to ask for it. */
function encodeDots(text: string, delimiters: string): string {
  return delimiters.includes('.') ? text.replaceAll('.', '%2E') : text;
}

const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;
const cookieText = /^[\x21-\x3a\x3c-\x7e]?(?:[\x20-\x3a\x3c-\x7e]*[\x21-\x3a\x3c-\x7e])?$/;

/**
 * Text in a header: as it is, but for the white space around it.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#appendix-d-serializing-headers-and-cookies
 */
export const headerForm: TextForm = {
  read: (raw) => raw.trim(),
  write: (text) => checked(text, headerText, 'a header holds visible Latin-1 characters only'),
};

/** Text in a cookie of 3.2's `cookie` style: as it is. */
export const cookieForm: TextForm = {
  read: (raw) => raw.trim(),
  write: (text) => checked(text, cookieText, 'a cookie holds visible ASCII characters without ";" only'),
};

function checked(text: string, allowed: RegExp, reason: string): string {
  if (allowed.test(text)) return text;
  throw new ApidoubleError('ERR_CODEC', `Cannot write text ${quote(text)}: ${reason}. Use another value.`);
}
