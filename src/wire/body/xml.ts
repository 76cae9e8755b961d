import type { BodyCodec, Decoded, WireFault } from '../codec.ts';
import { absent, present, quote } from '../fault.ts';
import { isRecord, sameValue, setOwn } from '../own-data.ts';
import type { MediaTypeSpec } from '../spec.ts';
import { type XmlPlan, xmlPlanOf } from '../xml/xml-plan.ts';
import { readElement } from '../xml/xml-read.ts';
import { notXml, parseXml, type XmlElement } from '../xml/xml-tree.ts';
import { rootScope, writeElement } from '../xml/xml-write.ts';
import { charsetOf, readText, writeText } from './charset.ts';

/**
 * XML by the schema's `xml` objects. The root is called as the schema says, else `rootName` (the component's name), else
 * `xml`; a root of any name is read where the schema says nothing.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#xml-object
 */
export function createXmlCodec(spec: MediaTypeSpec, rootName = 'xml'): BodyCodec {
  const plan = xmlPlanOf(spec.schema ?? true);
  const wanted = plan.hints.name;
  const isMarkup = wantsMarkup(plan);
  const decode = (bytes: Uint8Array, contentType: string): Decoded => {
    if (bytes.byteLength === 0) return absent;
    const faults: WireFault[] = [];
    const text = readText(bytes, xmlCharset(bytes, contentType), faults);
    const root = parseXml(text, faults);
    if (root === undefined) return present(isMarkup ? text : undefined, faults);
    if (isMarkup) return present(isBare(root, rootName) ? root.text : text, faults);
    if (wanted !== undefined && root.name !== wanted) faults.push(rootFault(wanted, root.name));
    return present(readElement(root, plan, { pointer: '', faults }), faults);
  };
  return {
    decode,
    encode: (value, contentType) => {
      const isDocument = isXmlDocument(value);
      const text = isDocument ? value : writeElement(wanted ?? rootName, value, plan, rootScope);
      const bytes = writeText(text, charsetOf(contentType));
      if (isDocument && !plan.shape.takesText) return { bytes, contentType };
      const decoded = decode(bytes, contentType);
      const same = sameValue(comparable(decoded.value, plan), comparable(value, plan));
      if (decoded.faults.length === 0 && same) return { bytes, contentType };
      throw notXml(decoded.faults[0]?.message ?? 'it would be read as another value');
    },
  };
}

/** A schema that only says "string" means the markup itself, but for a root of ours around plain text. */
function wantsMarkup({ shape, hints }: XmlPlan): boolean {
  return shape.takesString && !shape.takesObject && !shape.takesArray && Object.keys(hints).length === 0;
}

function isBare(root: XmlElement, rootName: string): boolean {
  return root.name === rootName && root.elements.length === 0 && root.attributes.length === 0;
}

/** Documents give examples of XML as a text, whatever the schema says; those are sent as they are. */
function isXmlDocument(value: unknown): value is string {
  return typeof value === 'string' && value.trimStart().startsWith('<') && parseXml(value, []) !== undefined;
}

/**
 * The charset of the header, else that of a byte order mark, else that of the XML declaration, else UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7303#section-3
 */
function xmlCharset(bytes: Uint8Array, contentType: string): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const named = charsetOf(contentType);
  if (named !== undefined) return named;
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^<\?xml [^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1]?.toLowerCase();
}

function rootFault(expected: string, seen: string): WireFault {
  return {
    code: 'body.xml-root',
    message: `has the root element ${quote(seen)}`,
    expected: `<${expected}>`,
    seen: `<${seen}>`,
  };
}

/** A value as XML can tell it: a list without items has no elements, and so cannot be told from none. */
function comparable(value: unknown, plan: XmlPlan): unknown {
  if (plan.shape.isFree) return asFree(value);
  if (Array.isArray(value)) return value.map((item) => comparable(item, plan.item()));
  return isRecord(value) ? comparableMembers(value, (name) => plan.property(name)) : value;
}

/** Where the schema says nothing, text is text, one item is no list, and an object of nothing is an empty text. */
function asFree(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? asFree(value[0]) : value.map(asFree);
  if (!isRecord(value)) return value === null || value === undefined ? value : String(value);
  const copy = comparableMembers(value, undefined);
  return Object.keys(copy).length === 0 ? '' : copy;
}

function comparableMembers(
  value: Readonly<Record<string, unknown>>,
  planOf: ((name: string) => XmlPlan) | undefined,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || (Array.isArray(member) && member.length === 0)) continue;
    setOwn(copy, name, planOf === undefined ? asFree(member) : comparable(member, planOf(name)));
  }
  return copy;
}
