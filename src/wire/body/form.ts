import { ApidoubleError, appendPointer } from '../../core/index.ts';
import type { BodyCodec, Decoded, WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { essenceOf, isJsonType } from '../media-type.ts';
import { isRecord, sameValue, setOwn, withoutEmptyLists } from '../own-data.ts';
import { repeatedFault } from '../parameter/delimited.ts';
import { queryStyle } from '../parameter/pair-site.ts';
import { plainText } from '../parameter/plain-text.ts';
import { type RawPairs, splitForm } from '../parameter/query-string.ts';
import { isEmpty, type PairStyle } from '../parameter/style.ts';
import { percentForm } from '../parameter/text-form.ts';
import { propertySchema } from '../shape/projection.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import type { EncodingSpec, MediaTypeSpec } from '../spec.ts';
import { charsetOf, readText } from './charset.ts';
import { parseJson, stringifyJson } from './json.ts';

/**
 * `application/x-www-form-urlencoded`. A property with a style in its encoding object is written as a query parameter
 * of that style; else a list is repeated, an object is JSON, and the rest is text.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-the-x-www-form-urlencoded-media-type
 */
export function createFormCodec(spec: MediaTypeSpec): BodyCodec {
  const form = compileForm(spec);
  const decode = (bytes: Uint8Array, contentType: string): Decoded => {
    if (bytes.byteLength === 0 && contentType === '') return absent;
    const faults: WireFault[] = [];
    const text = readText(bytes, charsetOf(contentType), faults);
    if (form.isText) return present(text, faults);
    return present(readForm(splitForm(text), form, faults), faults);
  };
  return {
    decode,
    encode: (value, contentType) => {
      const bytes = Buffer.from(writeWhole(value, form), 'utf8');
      const decoded = decode(bytes, contentType);
      if (decoded.faults.length === 0 && sameValue(decoded.value, withoutEmptyLists(value))) {
        return { bytes, contentType };
      }
      throw notCarried('it would be read as another value');
    },
  };
}

interface CompiledForm {
  readonly shape: Shape;
  /** The schema takes no object: the form stays text. */
  readonly isText: boolean;
  readonly styled: ReadonlyMap<string, PairStyle>;
  /** Properties that the document calls JSON. */
  readonly json: ReadonlySet<string>;
}

function compileForm(spec: MediaTypeSpec): CompiledForm {
  const schema = spec.schema ?? true;
  const shape = shapeOf(schema);
  const styled = new Map<string, PairStyle>();
  const json = new Set<string>();
  for (const [name, encoding] of spec.encoding ?? []) {
    if (!isStyled(encoding)) {
      if (encoding.contentType?.some((one) => isJsonType(essenceOf(one))) === true) json.add(name);
      continue;
    }
    const isOther = (key: string): boolean => key !== name && (shape.isDeclared(key) || styled.has(key));
    const style = encoding.style ?? 'form';
    const parameter = {
      name,
      in: 'query',
      style,
      explode: encoding.explode ?? style === 'form',
      allowReserved: encoding.allowReserved ?? false,
      allowEmptyValue: false,
      schema: propertySchema(schema, name),
    } as const;
    styled.set(name, queryStyle(parameter, isOther));
  }
  return { shape, isText: !shape.takesObject && shape.takesString, styled, json };
}

/** Where one of these stands, `contentType` is not looked at. @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object */
function isStyled(encoding: EncodingSpec): boolean {
  return (
    encoding.style !== undefined || encoding.explode !== undefined || encoding.allowReserved !== undefined
  );
}

function readForm(pairs: RawPairs, { shape, styled, json }: CompiledForm, faults: WireFault[]): unknown {
  const value: Record<string, unknown> = {};
  for (const [name, style] of styled) {
    const decoded = style.read(pairs);
    for (const fault of decoded.faults) faults.push({ ...fault, pointer: appendPointer('', name) });
    if (decoded.present) setOwn(value, name, decoded.value);
  }
  const styles = [...styled.values()];
  for (const [name, texts] of pairs.byName) {
    if (styles.some((style) => style.claims(name))) continue;
    setOwn(
      value,
      name,
      readField(texts, { name, shape: shape.property(name), isJson: json.has(name) }, faults),
    );
  }
  return value;
}

interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly isJson: boolean;
}

const text = percentForm('query', false, '');

function readField(raw: readonly string[], field: Field, faults: WireFault[]): unknown {
  const found: WireFault[] = [];
  const texts = raw.map((one) => text.read(one, found));
  const value = readTexts(texts, field, found);
  for (const fault of found) faults.push({ pointer: appendPointer('', field.name), ...fault });
  return value;
}

function readTexts(texts: readonly string[], field: Field, faults: WireFault[]): unknown {
  const { name, shape } = field;
  const asList = shape.takesArray && (texts.length > 1 || !(shape.takesText || shape.takesObject));
  if (asList && !isWholeList(texts, field)) {
    return texts.map((one, index) => readScalar(one, { ...field, shape: shape.item(index) }, faults));
  }
  if (texts.length > 1) faults.push(repeatedFault(name));
  return readScalar(texts[0] ?? '', field, faults);
}

/** The specification encodes item by item; where no item can be a list, a list as one JSON text is clear too. */
function isWholeList(texts: readonly string[], { shape, isJson }: Field): boolean {
  return isJson && texts.length === 1 && texts[0]?.startsWith('[') === true && !shape.item(0).takesArray;
}

function readScalar(one: string, { shape, isJson }: Field, faults: WireFault[]): unknown {
  const isText = shape.takesText || !(shape.takesObject || shape.takesArray);
  if (isText && !isJson) return shape.coerce(one);
  const decoded = parseJson(one, { strict: false, faults: [] });
  faults.push(...decoded.faults);
  return decoded.faults.length > 0 ? one : decoded.value;
}

function writeWhole(value: unknown, form: CompiledForm): string {
  try {
    return writeForm(value, form);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw notCarried('a text holds half of a surrogate pair');
  }
}

function writeForm(value: unknown, { isText, styled, json }: CompiledForm): string {
  if (isText && typeof value === 'string') return value;
  if (!isRecord(value)) throw notCarried('a form carries objects');
  const pieces: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    const style = styled.get(name);
    const piece = style === undefined ? writeField(name, member, json.has(name)) : style.write(member);
    if (piece !== undefined) pieces.push(piece);
  }
  return pieces.join('&');
}

function writeField(name: string, member: unknown, isJson: boolean): string | undefined {
  if (isEmpty(member) && Array.isArray(member)) return undefined;
  const items: readonly unknown[] = Array.isArray(member) ? member : [member];
  return items.map((item) => `${text.write(name)}=${text.write(writeScalar(item, isJson))}`).join('&');
}

function writeScalar(item: unknown, isJson: boolean): string {
  return isJson || (typeof item === 'object' && item !== null) ? stringifyJson(item) : plainText(item);
}

function notCarried(reason: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_CODEC',
    `Cannot write body "application/x-www-form-urlencoded": ${reason}. Use another value, or an encoding object.`,
  );
}
