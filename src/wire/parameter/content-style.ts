import type { BodyCodec, Decoded, RawParameters } from '../codec.ts';
import { absent, present } from '../fault.ts';
import type { ParameterSpec } from '../spec.ts';
import { pathText } from './path-style.ts';
import { splitCookies, splitQuery } from './query-string.ts';
import type { Style } from './style.ts';
import { headerForm, percentForm, type TextForm } from './text-form.ts';

/**
 * A parameter whose value is a serialized media type (`content`): its text is decoded once, and then read as a body.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-for-use-with-content
 */
export function contentStyle(spec: ParameterSpec, codec: BodyCodec, mediaType: string): Style {
  const text = textFormOf(spec);
  return {
    decode: (raw) => {
      const found = rawText(raw, spec);
      return found === undefined ? absent : decodeText(found, { text, codec, mediaType });
    },
    write: (value) => {
      const written = Buffer.from(codec.encode(value, mediaType).bytes).toString('utf8');
      const plain = spec.in === 'header' ? escapeBeyondAscii(written) : written;
      const pair = spec.in === 'query' || spec.in === 'cookie';
      return pair ? `${writeName(spec)}=${text.write(plain)}` : text.write(plain);
    },
    claims: (name) => spec.in === 'query' && name === spec.name,
  };
}

/** A query that is one value as a whole (3.2). @see https://spec.openapis.org/oas/v3.2.0.html#parameter-in */
export function querystringStyle(codec: BodyCodec, mediaType: string): Style {
  const isForm = mediaType === 'application/x-www-form-urlencoded';
  const text: TextForm = isForm
    ? { read: (raw) => raw, write: (raw) => raw }
    : percentForm('path', false, '');
  return {
    decode: (raw) => (raw.query === '' ? absent : decodeText(raw.query, { text, codec, mediaType })),
    write: (value) => {
      const written = Buffer.from(codec.encode(value, mediaType).bytes).toString('utf8');
      return written === '' ? undefined : text.write(written);
    },
    claims: () => true,
  };
}

interface ContentReading {
  readonly text: TextForm;
  readonly codec: BodyCodec;
  readonly mediaType: string;
}

function decodeText(raw: string, { text, codec, mediaType }: ContentReading): Decoded {
  const faults: Decoded['faults'][number][] = [];
  const bytes = Buffer.from(text.read(raw, faults), 'utf8');
  const decoded = codec.decode(bytes, mediaType);
  if (!decoded.present) return present(undefined, [...faults, ...decoded.faults, emptyFault]);
  return { ...decoded, faults: [...faults, ...decoded.faults] };
}

const emptyFault = {
  code: 'body.malformed',
  message: 'is empty',
  expected: 'a serialized value',
  seen: '""',
} as const;

function textFormOf(spec: ParameterSpec): TextForm {
  if (spec.in === 'header') return headerForm;
  if (spec.in === 'path') return percentForm('path', spec.allowReserved, '');
  return percentForm(spec.in === 'cookie' ? 'cookie' : 'query', spec.allowReserved, '');
}

const nameForm = percentForm('query', false, '');

function writeName(spec: ParameterSpec): string {
  return spec.in === 'cookie' ? spec.name : nameForm.write(spec.name);
}

function rawText(raw: RawParameters, spec: ParameterSpec): string | undefined {
  if (spec.in === 'path') return pathText(raw, spec.name);
  if (spec.in === 'header') return raw.header(spec.name);
  const pairs = spec.in === 'cookie' ? splitCookies(raw.cookie) : splitQuery(raw.query);
  return pairs.byName.get(spec.name)?.[0];
}

/** JSON can say any character in ASCII, and a header holds no other. */
function escapeBeyondAscii(text: string): string {
  return text.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
