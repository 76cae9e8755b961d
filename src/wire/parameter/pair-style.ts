import type { Decoded, WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { isRecord, setOwn } from '../own-data.ts';
import type { Shape } from '../shape/shape.ts';
import type { ParameterSpec } from '../spec.ts';
import {
  type DelimitedForm,
  isEmptyList,
  readDelimited,
  repeatedFault,
  writeDelimited,
} from './delimited.ts';
import { nestedText } from './plain-text.ts';
import type { RawPairs } from './query-string.ts';
import { isEmpty, type PairStyle } from './style.ts';

/** Where a parameter's `name=value` pairs stand: the query, the Cookie header or a form. */
export interface PairSite {
  /** Between two pairs: `&` or `; `. */
  readonly separator: string;
  writeName(name: string): string;
  /** Whether another parameter is made of this name, so that an exploded object must leave it alone. */
  isTaken(name: string): boolean;
}

/** One pair that holds all: `color=blue,black,brown` (form, spaceDelimited and pipeDelimited, not exploded). */
export function joinedStyle(spec: ParameterSpec, site: PairSite, form: DelimitedForm): PairStyle {
  return {
    read: (pairs) => {
      const values = pairs.byName.get(spec.name);
      if (values === undefined) return absent;
      if (isAllowedEmpty(values, spec)) return emptyValue;
      const faults: WireFault[] = [];
      if (values.length > 1) faults.push(repeatedFault(spec.name));
      return present(readDelimited(values[0] ?? '', form, faults), faults);
    },
    write: (value) =>
      isEmpty(value) ? undefined : `${site.writeName(spec.name)}=${writeDelimited(value, form)}`,
    claims: (name) => name === spec.name,
  };
}

/** A pair for each item or property: `color=blue&color=black`, `R=100&G=200` (all styles but deepObject, exploded). */
export function explodedStyle(spec: ParameterSpec, site: PairSite, form: DelimitedForm): PairStyle {
  const { shape } = form;
  const takesRecord = shape.takesObject && !shape.isFree;
  const onlyRecord = takesRecord && !shape.takesText && !shape.takesArray;
  const owns = (name: string): boolean =>
    shape.isDeclared(name) || (shape.isOpen && name !== spec.name && !site.isTaken(name));
  return {
    read: (pairs) => {
      const values = onlyRecord ? undefined : pairs.byName.get(spec.name);
      if (values === undefined) return takesRecord ? readRecord(pairs, { form, owns }) : absent;
      return isAllowedEmpty(values, spec) ? emptyValue : readValues(values, spec.name, form);
    },
    write: (value) => (isEmpty(value) ? undefined : writeExploded(value, { spec, site, form })),
    claims: (name) => (name === spec.name && !onlyRecord) || (takesRecord && owns(name)),
  };
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#parameter-allow-empty-value */
function isAllowedEmpty(values: readonly string[], spec: ParameterSpec): boolean {
  return spec.allowEmptyValue && values.length === 1 && values[0] === '';
}

const emptyValue: Decoded = Object.freeze({ ...present(''), empty: true });

function readValues(values: readonly string[], name: string, form: DelimitedForm): Decoded {
  const { shape } = form;
  const faults: WireFault[] = [];
  const asList = shape.takesArray && (values.length > 1 || !shape.takesText);
  if (!asList && values.length > 1) faults.push(repeatedFault(name));
  if (!asList) return present(shape.coerce(form.text.read(values[0] ?? '', faults)), faults);
  return present(readItems(values, form, faults), faults);
}

function readItems(
  values: readonly string[],
  { shape, text }: DelimitedForm,
  faults: WireFault[],
): unknown[] {
  if (isEmptyList(values, shape)) return [];
  return values.map((value, index) => shape.item(index).coerce(text.read(value, faults)));
}

interface RecordReading {
  readonly form: DelimitedForm;
  owns(name: string): boolean;
}

function readRecord(pairs: RawPairs, { form, owns }: RecordReading): Decoded {
  const faults: WireFault[] = [];
  const record: Record<string, unknown> = {};
  let found = false;
  for (const [name, values] of pairs.byName) {
    if (!owns(name)) continue;
    found = true;
    setOwn(record, name, readProperty(values, { name, shape: form.shape.property(name), form }, faults));
  }
  return found ? present(record, faults) : absent;
}

interface Property {
  readonly name: string;
  readonly shape: Shape;
  readonly form: DelimitedForm;
}

function readProperty(
  values: readonly string[],
  { name, shape, form }: Property,
  faults: WireFault[],
): unknown {
  if (shape.takesArray && !shape.isFree && (values.length > 1 || !shape.takesText)) {
    return readItems(values, { ...form, shape }, faults);
  }
  if (values.length > 1) faults.push(repeatedFault(name));
  return shape.coerce(form.text.read(values[0] ?? '', faults));
}

interface Exploding {
  readonly spec: ParameterSpec;
  readonly site: PairSite;
  readonly form: DelimitedForm;
}

function writeExploded(value: unknown, { spec, site, form }: Exploding): string {
  const pair = (name: string, one: unknown): string =>
    `${site.writeName(name)}=${form.text.write(nestedText(one))}`;
  if (Array.isArray(value)) return value.map((one) => pair(spec.name, one)).join(site.separator);
  if (!isRecord(value)) return pair(spec.name, value);
  return Object.entries(value)
    .map(([name, one]) => pair(name, one))
    .join(site.separator);
}
