import { appendPointer, type JsonPointer } from '../../core/index.ts';
import type { WireFault } from '../codec.ts';
import { quote } from '../fault.ts';
import { setOwn } from '../own-data.ts';
import { repeatedFault } from '../parameter/delimited.ts';
import { bits } from '../shape/domain.ts';
import type { Shape } from '../shape/shape.ts';
import { prefixNamespace, propertyName } from './xml-name.ts';
import { isList, nodeName, placementIn, wrappedItemName, type XmlPlan } from './xml-plan.ts';
import type { XmlElement } from './xml-tree.ts';

/** Where the reading is, and what was wrong so far. */
interface Reading {
  readonly pointer: JsonPointer;
  readonly faults: WireFault[];
}

/** The namespace of `xsi:nil`. */
export const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

/** Reads an element as the value that the plan's schema describes. */
export function readElement(element: XmlElement, plan: XmlPlan, reading: Reading): unknown {
  const { shape, hints } = plan;
  if (hints.namespace !== undefined && element.namespace !== hints.namespace) {
    reading.faults.push(namespaceFault(element, hints.namespace, reading.pointer));
  }
  if (isNil(element) && (shape.types & bits.null) !== 0) return null;
  if (shape.isFree) return readFree(element);
  const attributes = element.attributes.some((one) => one.uri !== instanceNamespace);
  const hasMembers = element.elements.length > 0 || attributes;
  if (isList(shape)) return readItems(element.elements, plan, reading);
  if (shape.takesObject && (hasMembers || !(shape.takesText || shape.takesArray))) {
    return readObject(element, plan, reading);
  }
  if (shape.takesArray && element.elements.length > 0) return readItems(element.elements, plan, reading);
  return element.elements.length > 0 ? readFree(element) : readText(element.text, shape);
}

/** @see https://www.w3.org/TR/xmlschema-1/#xsi_nil */
function isNil(element: XmlElement): boolean {
  return element.attributes.some(
    (one) => one.uri === instanceNamespace && one.local === 'nil' && /^(?:true|1)$/.test(one.value.trim()),
  );
}

/** White space around a number is layout; in a string it is data. */
function readText(text: string, shape: Shape): unknown {
  return shape.takesString ? shape.coerce(text) : shape.coerce(text.trim());
}

function readItems(elements: readonly XmlElement[], plan: XmlPlan, reading: Reading): unknown[] {
  return elements.map((one, index) =>
    readElement(one, plan.item(), { ...reading, pointer: appendPointer(reading.pointer, index) }),
  );
}

function readObject(element: XmlElement, plan: XmlPlan, reading: Reading): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const members = groupByName(element.elements, plan.prefixed());
  const used = readDeclared({ element, members, plan, reading, depth: 0 }, value);
  for (const [node, elements] of members) {
    const name = propertyName(node);
    if (used.has(node) || Object.hasOwn(value, name)) continue;
    setOwn(value, name, readOthers(elements, plan.property(name), at(reading, name)));
  }
  for (const attribute of element.attributes) {
    if (
      attribute.uri === instanceNamespace ||
      used.has(`@${attribute.local}`) ||
      used.has(`@${attribute.name}`)
    )
      continue;
    if (Object.hasOwn(value, attribute.local)) continue;
    setOwn(value, attribute.local, readText(attribute.value, plan.property(attribute.local).shape));
  }
  return value;
}

interface ObjectReading {
  readonly element: XmlElement;
  readonly members: ReadonlyMap<string, readonly XmlElement[]>;
  readonly plan: XmlPlan;
  readonly reading: Reading;
  readonly depth: number;
}

/** Objects without an element of their own, inside one another; a recursive schema could ask for any number. */
const maxInlined = 8;

/** Reads what the schema names, and gives back the names of the elements (and, with `@`, attributes) that it took. */
function readDeclared(object: ObjectReading, value: Record<string, unknown>): Set<string> {
  const used = new Set<string>();
  const { plan, depth } = object;
  for (const name of plan.shape.names) {
    const property = plan.property(name);
    const placement = placementIn(name, property);
    if (placement === 'inline') {
      if (depth === maxInlined) continue;
      const inner: Record<string, unknown> = {};
      for (const taken of readDeclared({ ...object, plan: property, depth: depth + 1 }, inner))
        used.add(taken);
      if (Object.keys(inner).length > 0) setOwn(value, name, inner);
      continue;
    }
    const node = nodeName(name, property);
    if (placement === 'attribute') used.add(`@${node}`);
    else if (placement !== 'text' && placement !== 'cdata') used.add(node);
    const read = readProperty({ ...object, reading: at(object.reading, name) }, { name, node, property });
    if (read !== undefined) setOwn(value, name, read);
  }
  return used;
}

interface Property {
  readonly name: string;
  readonly node: string;
  readonly property: XmlPlan;
}

function readProperty(object: ObjectReading, { name, node, property }: Property): unknown {
  const { element, members, plan, reading } = object;
  const elements = members.get(node);
  switch (placementIn(name, property)) {
    case 'attribute': {
      if (node === 'xmlns') return element.namespace === '' ? undefined : element.namespace;
      const attribute = element.attributes.find(
        (one) => (node.includes(':') ? one.name : one.local) === node,
      );
      return attribute === undefined ? undefined : readText(attribute.value, property.shape);
    }
    case 'text':
    case 'cdata':
      return element.text === '' && !plan.required.has(name)
        ? undefined
        : readText(element.text, property.shape);
    case 'list':
      if (elements === undefined) return plan.required.has(name) ? [] : undefined;
      return readItems(elements, property, reading);
    case 'wrapped':
      return elements === undefined ? undefined : readWrapped(elements, object, { name, node, property });
    default:
      return elements === undefined ? undefined : readOne(elements, property, reading);
  }
}

function readWrapped(
  elements: readonly XmlElement[],
  { reading }: ObjectReading,
  { node, property }: Property,
): unknown {
  const [first] = elements;
  if (first === undefined) return undefined;
  if (elements.length > 1) reading.faults.push({ ...repeatedFault(node), pointer: reading.pointer });
  const itemName = wrappedItemName(node, property);
  const wrong = first.elements.find((one) => one.name !== itemName);
  if (wrong !== undefined) {
    reading.faults.push({
      code: 'body.xml-element',
      message: `has an element ${quote(wrong.name)} in a list`,
      pointer: reading.pointer,
      expected: `<${itemName}>`,
      seen: `<${wrong.name}>`,
    });
  }
  return readItems(first.elements, property, reading);
}

function readOne(elements: readonly XmlElement[], plan: XmlPlan, reading: Reading): unknown {
  const [first] = elements;
  if (first === undefined) return undefined;
  if (elements.length > 1 && plan.shape.takesArray) return readItems(elements, plan, reading);
  if (elements.length > 1) reading.faults.push({ ...repeatedFault(first.name), pointer: reading.pointer });
  return readElement(first, plan, reading);
}

/** Elements that the schema does not name. */
function readOthers(elements: readonly XmlElement[], plan: XmlPlan, reading: Reading): unknown {
  if (isList(plan.shape)) return readItems(elements, plan, reading);
  return readOne(elements, plan, reading);
}

/** Whether a prefix is a part of a property's name, written by us. */
function isOurs(namespace: string): boolean {
  return namespace.startsWith(prefixNamespace) || namespace === 'http://www.w3.org/XML/1998/namespace';
}

/** By the name without its prefix, unless the one with it is asked for; where nobody can ask, ours keep theirs. */
function groupByName(
  elements: readonly XmlElement[],
  prefixed?: ReadonlySet<string>,
): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>();
  for (const element of elements) {
    const isWhole = prefixed?.has(element.qualified) ?? isOurs(element.namespace);
    const name = isWhole ? element.qualified : element.name;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [element]);
    else group.push(element);
  }
  return groups;
}

/** Without a schema: text where there is nothing but text, else an object; elements of one name make a list. */
function readFree(element: XmlElement): unknown {
  const attributes = element.attributes.filter((one) => one.uri !== instanceNamespace);
  if (element.elements.length === 0 && attributes.length === 0) return element.text;
  const value: Record<string, unknown> = {};
  for (const { name, local, uri, value: text } of attributes) {
    setOwn(value, propertyName(isOurs(uri) ? name : local), text);
  }
  for (const [name, elements] of groupByName(element.elements)) {
    const values = elements.map(readFree);
    setOwn(value, propertyName(name), values.length === 1 ? values[0] : values);
  }
  if (element.text.trim() !== '') setOwn(value, '#text', element.text);
  return value;
}

function at(reading: Reading, name: string): Reading {
  return { ...reading, pointer: appendPointer(reading.pointer, name) };
}

function namespaceFault(element: XmlElement, wanted: string, pointer: JsonPointer): WireFault {
  return {
    code: 'body.xml-namespace',
    message: `has the element ${quote(element.name)} in another namespace`,
    pointer,
    expected: wanted,
    seen: quote(element.namespace),
  };
}
