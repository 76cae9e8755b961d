import type { WireFault } from './codec.ts';
import { quote } from './fault.ts';

/**
 * Undoes percent-encoding once. Broken encodings become faults; what can be read of the text is given all the same.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 */
export function decodePercent(text: string, faults: WireFault[]): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    faults.push(percentFault(text));
    return decodeLeniently(text);
  }
}

/**
 * The same for a query or a form, where `+` is a space.
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-parser
 */
export function decodeForm(text: string, faults: WireFault[]): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text, faults);
}

const brokenTriplet = /%(?![0-9A-Fa-f]{2}).{0,2}/s;

function percentFault(text: string): WireFault {
  const broken = brokenTriplet.exec(text);
  if (broken === null) {
    return {
      code: 'wire.utf-8',
      message: 'is percent-encoded but is not UTF-8',
      expected: 'percent-encoded UTF-8',
      seen: quote(text),
    };
  }
  return {
    code: 'wire.percent-encoding',
    message: `is not valid percent-encoding at ${quote(broken[0])}`,
    expected: '% followed by two hexadecimal digits',
    seen: quote(text),
  };
}

function decodeLeniently(text: string): string {
  const latin = Buffer.from(text, 'utf8').toString('latin1');
  const bytes = latin.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const beyondUnreserved = /[!'()*]/g;
const triplet = /%[0-9A-F]{2}/g;

/**
 * Makes a writer that percent-encodes everything but the unreserved characters and those of `kept`. The writer throws
 * a `URIError` for a text with half a surrogate pair.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.1
 */
export function createPercentWriter(kept: string): (text: string) => string {
  const keep = new Map([...kept].map((one) => [triplets(one), one]));
  return (text) => {
    const encoded = encodeURIComponent(text).replace(beyondUnreserved, triplets);
    return keep.size === 0 ? encoded : encoded.replace(triplet, (one) => keep.get(one) ?? one);
  };
}

function triplets(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
