import type { WireFault } from '../codec.ts';
import { quote } from '../fault.ts';
import { isRecord, setOwn } from '../own-data.ts';
import type { Shape } from '../shape/shape.ts';
import { nestedText, plainText } from './plain-text.ts';
import type { TextForm } from './text-form.ts';

/** One text that holds a value, the items of a list, or the names and values of a record. */
export interface DelimitedForm {
  readonly shape: Shape;
  readonly text: TextForm;
  split(raw: string): string[];
  readonly delimiter: string;
  /** Exploded: records are written `R=100,G=200`; else `R,100,G,200`. */
  readonly pairs: boolean;
}

/** Reads a text. The delimiters are looked for before anything is decoded, so that an encoded one is data. */
export function readDelimited(raw: string, form: DelimitedForm, faults: WireFault[]): unknown {
  const { shape, text } = form;
  if (shape.isFree || !(shape.takesArray || shape.takesObject)) return shape.coerce(text.read(raw, faults));
  const pieces = form.split(raw);
  const isRecord = shape.takesObject && (!shape.takesArray || (form.pairs && raw.includes('=')));
  const isCompound = pieces.length > 1 || (isRecord && form.pairs && raw.includes('='));
  if (shape.takesText && !isCompound) return shape.coerce(text.read(raw, faults));
  if (!isRecord) return readList(pieces, form, faults);
  const entries = form.pairs ? splitPairs(pieces, faults) : alternate(pieces, faults);
  return readRecord(entries, form, faults);
}

/** A name and its value, both still encoded. */
type RawEntry = readonly [name: string, value: string];

function readList(pieces: readonly string[], { shape, text }: DelimitedForm, faults: WireFault[]): unknown[] {
  if (isEmptyList(pieces, shape)) return [];
  return pieces.map((piece, index) => shape.item(index).coerce(text.read(piece, faults)));
}

/** No text at all is a list of one empty text where the items may be text, and else a list of nothing. */
export function isEmptyList(pieces: readonly string[], shape: Shape): boolean {
  return pieces.length === 1 && pieces[0] === '' && !shape.item(0).takesString;
}

function splitPairs(pieces: readonly string[], faults: WireFault[]): RawEntry[] {
  const entries: RawEntry[] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    const at = piece.indexOf('=');
    if (at === -1) faults.push(styleFault('name=value', piece));
    entries.push(at === -1 ? [piece, ''] : [piece.slice(0, at), piece.slice(at + 1)]);
  }
  return entries;
}

function alternate(pieces: readonly string[], faults: WireFault[]): RawEntry[] {
  if (pieces.length === 1 && pieces[0] === '') return [];
  const entries: RawEntry[] = [];
  for (let index = 0; index < pieces.length; index += 2) {
    const name = pieces[index] ?? '';
    const value = pieces[index + 1];
    if (value === undefined) faults.push(styleFault('a value after each name', name));
    entries.push([name, value ?? '']);
  }
  return entries;
}

function readRecord(
  entries: readonly RawEntry[],
  { shape, text }: DelimitedForm,
  faults: WireFault[],
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [rawName, rawValue] of entries) {
    const name = text.read(rawName, faults);
    if (Object.hasOwn(record, name)) faults.push(repeatedFault(name));
    else setOwn(record, name, shape.property(name).coerce(text.read(rawValue, faults)));
  }
  return record;
}

/** Writes a value. What is nested in a list or a record is written as JSON. */
export function writeDelimited(value: unknown, { text, delimiter, pairs }: DelimitedForm): string {
  const write = (one: unknown): string => text.write(nestedText(one));
  if (Array.isArray(value)) return value.map(write).join(delimiter);
  if (!isRecord(value)) return text.write(plainText(value));
  const between = pairs ? '=' : delimiter;
  return Object.entries(value)
    .map(([name, one]) => `${text.write(name)}${between}${write(one)}`)
    .join(delimiter);
}

/** The fault of a text that is not written in its style. */
export function styleFault(expected: string, seen: string): WireFault {
  return {
    code: 'wire.style',
    message: `is not written as ${expected}`,
    expected,
    seen: quote(seen),
  };
}

/** The fault of something that is sent more than once and taken once; the first counts. */
export function repeatedFault(name: string): WireFault {
  return {
    code: 'wire.repeated',
    message: `has ${quote(name)} more than once`,
    expected: 'one value',
    seen: quote(name),
  };
}
