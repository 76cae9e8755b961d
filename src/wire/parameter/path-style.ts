import type { Decoded, RawParameters, WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { isRecord, setOwn } from '../own-data.ts';
import { shapeOf } from '../shape/shape.ts';
import type { ParameterSpec } from '../spec.ts';
import {
  type DelimitedForm,
  isEmptyList,
  readDelimited,
  repeatedFault,
  styleFault,
  writeDelimited,
} from './delimited.ts';
import { nestedText } from './plain-text.ts';
import type { Style } from './style.ts';
import { percentForm } from './text-form.ts';

const noNames = (): boolean => false;

/** `blue,black,brown` in a path. @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.2 */
export function simplePathStyle(spec: ParameterSpec): Style {
  const form: DelimitedForm = {
    shape: shapeOf(spec.schema),
    text: percentForm('path', spec.allowReserved, spec.explode ? ',=' : ','),
    split: (raw) => raw.split(','),
    delimiter: ',',
    pairs: spec.explode,
  };
  return {
    decode: (raw) => readPath(raw, spec.name, (text, faults) => readDelimited(text, form, faults)),
    write: (value) => writeDelimited(value, form),
    claims: noNames,
  };
}

/**
 * `.blue,black,brown`, exploded `.blue.black.brown`. Up to 3.1.0 the specification showed the dots for both, so they
 * are read where there is no comma.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.5
 */
export function labelStyle(spec: ParameterSpec): Style {
  const form: DelimitedForm = {
    shape: shapeOf(spec.schema),
    text: percentForm('path', spec.allowReserved, '.,='),
    split: (raw) => raw.split(!spec.explode && raw.includes(',') ? ',' : '.'),
    delimiter: spec.explode ? '.' : ',',
    pairs: spec.explode,
  };
  const read = (text: string, faults: WireFault[]): unknown => {
    if (!text.startsWith('.')) faults.push(styleFault('a label that starts with "."', text));
    return readDelimited(text.startsWith('.') ? text.slice(1) : text, form, faults);
  };
  return {
    decode: (raw) => readPath(raw, spec.name, read),
    write: (value) => `.${writeDelimited(value, form)}`,
    claims: noNames,
  };
}

/** `;color=blue,black`, exploded `;color=blue;color=black`. @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.7 */
export function matrixStyle(spec: ParameterSpec): Style {
  const form: DelimitedForm = {
    shape: shapeOf(spec.schema),
    text: percentForm('path', spec.allowReserved, ';,='),
    split: (raw) => raw.split(','),
    delimiter: ',',
    pairs: false,
  };
  return {
    decode: (raw) => readPath(raw, spec.name, (text, faults) => readMatrix(text, { spec, form }, faults)),
    write: (value) => writeMatrix(value, spec, form),
    claims: noNames,
  };
}

function readPath(
  raw: RawParameters,
  name: string,
  read: (text: string, faults: WireFault[]) => unknown,
): Decoded {
  const text = pathText(raw, name);
  if (text === undefined) return absent;
  const faults: WireFault[] = [];
  return present(read(text, faults), faults);
}

/** The encoded text of a path variable. */
export function pathText({ path }: RawParameters, name: string): string | undefined {
  if (path instanceof Map) return path.get(name);
  const record = path as Readonly<Record<string, string>>;
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

interface Matrix {
  readonly spec: ParameterSpec;
  readonly form: DelimitedForm;
}

function readMatrix(text: string, { spec, form }: Matrix, faults: WireFault[]): unknown {
  const { shape } = form;
  if (!text.startsWith(';')) {
    faults.push(styleFault(`";${spec.name}=value"`, text));
    return readDelimited(text, form, faults);
  }
  const entries = splitMatrix(text, form, faults);
  const own = entries.filter(([name]) => name === spec.name).map(([, value]) => value);
  const asRecord = spec.explode && shape.takesObject && !shape.isFree;
  if (asRecord && (own.length === 0 || !(shape.takesText || shape.takesArray))) {
    return readMatrixRecord(entries, form, faults);
  }
  if (own.length < entries.length) faults.push(styleFault(`";${spec.name}=value"`, text));
  if (spec.explode && shape.takesArray && !shape.isFree && (own.length > 1 || !shape.takesText)) {
    if (isEmptyList(own, shape)) return [];
    return own.map((value, index) => shape.item(index).coerce(form.text.read(value, faults)));
  }
  if (own.length > 1) faults.push(repeatedFault(spec.name));
  return readDelimited(own[0] ?? '', form, faults);
}

function splitMatrix(text: string, form: DelimitedForm, faults: WireFault[]): [string, string][] {
  return text
    .slice(1)
    .split(';')
    .map((piece) => {
      const at = piece.indexOf('=');
      const name = form.text.read(at === -1 ? piece : piece.slice(0, at), faults);
      return [name, at === -1 ? '' : piece.slice(at + 1)];
    });
}

function readMatrixRecord(
  entries: readonly (readonly [string, string])[],
  { shape, text }: DelimitedForm,
  faults: WireFault[],
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    if (name === '' && value === '') continue;
    if (Object.hasOwn(record, name)) faults.push(repeatedFault(name));
    else setOwn(record, name, shape.property(name).coerce(text.read(value, faults)));
  }
  return record;
}

function writeMatrix(value: unknown, spec: ParameterSpec, form: DelimitedForm): string {
  const pair = (name: string, one: unknown): string => {
    const text = form.text.write(nestedText(one));
    return text === '' ? `;${form.text.write(name)}` : `;${form.text.write(name)}=${text}`;
  };
  if (spec.explode && Array.isArray(value)) {
    return value.length === 0 ? `;${spec.name}` : value.map((one) => pair(spec.name, one)).join('');
  }
  if (spec.explode && isRecord(value)) {
    const pairs = Object.entries(value).map(([name, one]) => pair(name, one));
    return pairs.length === 0 ? ';' : pairs.join('');
  }
  if (!Array.isArray(value) && !isRecord(value)) return pair(spec.name, value);
  const text = writeDelimited(value, form);
  return text === '' ? `;${form.text.write(spec.name)}` : `;${form.text.write(spec.name)}=${text}`;
}
