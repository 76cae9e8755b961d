import { ApidoubleError } from '../core/index.ts';
import { createBodyCodec } from './body-codec.ts';
import type { ParameterCodec, RawParameters } from './codec.ts';
import { essenceOf } from './media-type.ts';
import { sameValue } from './own-data.ts';
import { contentStyle, querystringStyle } from './parameter/content-style.ts';
import { headerStyle } from './parameter/header-style.ts';
import { cookieStyle, queryStyle } from './parameter/pair-site.ts';
import { labelStyle, matrixStyle, simplePathStyle } from './parameter/path-style.ts';
import { splitCookies, splitQuery } from './parameter/query-string.ts';
import { isEmpty, type PairStyle, type Style } from './parameter/style.ts';
import type { ParameterSpec } from './spec.ts';

/** What a parameter codec may be told beside its parameter. */
export interface ParameterCodecOptions {
  /**
   * What the operation's other parameters in the same place are called, or which names they claim. An exploded object
   * that lets in more properties than it declares takes the names that are left.
   */
  readonly otherNames?: Iterable<string> | ((name: string) => boolean);
}

/**
 * Makes the codec of a parameter, or of a response header, once. `decode` never throws: what is wrong becomes faults.
 * `encode` throws `ERR_CODEC` for a value that would not be read back as itself.
 */
export function createParameterCodec(
  spec: ParameterSpec,
  options: ParameterCodecOptions = {},
): ParameterCodec {
  const style = createStyle(spec, options);
  return {
    decode: style.decode,
    claims: style.claims,
    encode: (value) => encode(value, spec, style),
  };
}

function createStyle(spec: ParameterSpec, options: ParameterCodecOptions): Style {
  if (spec.content !== undefined) {
    const codec = createBodyCodec(spec.content, { direction: 'request' });
    const mediaType = essenceOf(spec.content.mediaType);
    return spec.in === 'querystring'
      ? querystringStyle(codec, mediaType)
      : contentStyle(spec, codec, mediaType);
  }
  switch (spec.in) {
    case 'path':
      return pathStyle(spec);
    case 'header':
      return headerStyle(spec);
    case 'cookie':
      return inCookies(cookieStyle(spec, takenBy(options)));
    case 'query':
      return inQuery(queryStyle(spec, takenBy(options)));
    case 'querystring':
      return inQuery(queryStyle({ ...spec, style: 'form', explode: true }, takenBy(options)));
  }
}

function pathStyle(spec: ParameterSpec): Style {
  if (spec.style === 'label') return labelStyle(spec);
  return spec.style === 'matrix' ? matrixStyle(spec) : simplePathStyle(spec);
}

function inQuery({ read, write, claims }: PairStyle): Style {
  return { decode: (raw) => read(splitQuery(raw.query)), write, claims };
}

function inCookies({ read, write }: PairStyle): Style {
  return { decode: (raw) => read(splitCookies(raw.cookie)), write, claims: () => false };
}

function takenBy({ otherNames = [] }: ParameterCodecOptions): (name: string) => boolean {
  if (typeof otherNames === 'function') return otherNames;
  const names = new Set(otherNames);
  if (names.size === 0) return () => false;
  return (name) => names.has(name) || names.has(name.slice(0, Math.max(0, name.indexOf('['))));
}

/** Writes, reads what was written, and compares: what a style cannot carry is told by that, not by a list of rules. */
function encode(value: unknown, spec: ParameterSpec, style: Style): string | undefined {
  const text = write(value, spec, style);
  if (text === undefined) return undefined;
  const decoded = style.decode(rawOf(text, spec));
  if (isDotSegment(text, spec)) {
    throw cannotCarry(spec, 'a path segment of dots is taken away from a URL');
  }
  if (decoded.present && decoded.faults.length === 0 && sameValue(decoded.value, value)) return text;
  if (isEmpty(value) && spec.in !== 'path') return undefined;
  throw cannotCarry(spec, `${text} would be read as another value`);
}

function write(value: unknown, spec: ParameterSpec, style: Style): string | undefined {
  if (value === undefined) return undefined;
  try {
    return style.write(value);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw cannotCarry(spec, 'the text holds half of a surrogate pair');
  }
}

/**
 * The specification writes an empty label as `.`; that is left to whoever builds the path.
 *
 * @see https://url.spec.whatwg.org/#double-dot-path-segment
 */
function isDotSegment(text: string, spec: ParameterSpec): boolean {
  if (spec.style === 'label' && text === '.') return false;
  return spec.in === 'path' && /^(?:\.|%2e){1,2}$/i.test(text);
}

function cannotCarry(spec: ParameterSpec, reason: string): ApidoubleError {
  const how = spec.content === undefined ? `style "${spec.style}"` : spec.content.mediaType;
  return new ApidoubleError(
    'ERR_CODEC',
    `Cannot write ${spec.in} parameter "${spec.name}" in ${how}: ${reason}. Use another value, or another style.`,
  );
}

function rawOf(text: string, spec: ParameterSpec): RawParameters {
  return {
    path: new Map([[spec.name, text]]),
    query: spec.in === 'query' || spec.in === 'querystring' ? text : '',
    header: () => text,
    cookie: spec.in === 'cookie' ? text : '',
  };
}
