const start =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const rest = `${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}`;

/** A name with a prefix or without. @see https://www.w3.org/TR/xml-names/#NT-QName */
const qualifiedName = new RegExp(`^(?:[${start}][${rest}]*:)?[${start}][${rest}]*$`, 'u');
const startCharacter = new RegExp(`[${start}]`, 'u');
const character = new RegExp(`[${rest}]`, 'u');

/**
 * The name of an element or attribute for the name of a property. JSON allows any text there, XML does not: each character that
 * it cannot hold is written as `_x0020_`, as SQL/XML and .NET do. A prefix stays one where it may be declared.
 */
export function xmlName(name: string): string {
  const isName = qualifiedName.test(name) && !name.startsWith('xmlns:') && !encoded.test(name);
  return isName ? name : withoutPrefix(name);
}

/** The same for a name that no schema declares, where a prefix could not be told from one that was only added. */
export function withoutPrefix(name: string): string {
  return [...name].map((one, index) => encode(one, name.slice(index), index)).join('') || '_x_';
}

/** The name of a property from that of an element that no schema declares. */
export function propertyName(node: string): string {
  if (node === '_x_') return '';
  return node.replaceAll(everyEncoded, (whole, code: string) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}

const encoded = /_x(?:[0-9A-F]{4}|[0-9A-F]{8})_/;
const everyEncoded = /_x([0-9A-F]{4}|[0-9A-F]{8})_/g;

function encode(one: string, following: string, index: number): string {
  const isAllowed = (index === 0 ? startCharacter : character).test(one);
  if (isAllowed && !(one === '_' && encoded.exec(following)?.index === 0)) return one;
  const code = (one.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `_x${code.padStart(code.length > 4 ? 8 : 4, '0')}_`;
}

/** Before a prefix, the namespace of one that a property's name brings and the document gives none. */
export const prefixNamespace = 'urn:prefix:';

/** What stands before the colon of a name. */
export function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon === -1 ? undefined : name.slice(0, colon);
}
