/** What is hidden for its name, and what stands in its place. */
export interface NamedRules {
  readonly isHidden: (name: string) => boolean;
  readonly hide: (value: string) => string;
}

/** An XML element with a text. */
const element = /<([\w:.-]{1,200})(\s[^<>]*)?>([^<]+)<\/\1>/g;
const openTag = /<[\w:.-]{1,200}\s[^<>]*>/g;
const attribute = /(\s)([\w:.-]{1,200})(\s*=\s*)("[^"]*"|'[^']*')/g;

/** The texts and attributes of XML whose name tells of a secret lose their content. */
export function redactXml(written: string, { isHidden, hide }: NamedRules): string {
  if (!written.includes('</') && !written.includes('/>')) return written;
  const { text, restored } = withoutSections(written);
  const hideIn = (value: string): string => hide(plainXml(restored(value)));
  const withoutTexts = text.replaceAll(
    element,
    (whole: string, name: string, attributes: string | undefined, value: string) =>
      isHidden(localName(name)) ? `<${name}${attributes ?? ''}>${hideIn(value)}</${name}>` : whole,
  );
  const withoutAttributes = withoutTexts.replaceAll(openTag, (tag) =>
    tag.replaceAll(attribute, (whole: string, blank: string, name: string, sign: string, value: string) => {
      const quote = value.slice(0, 1);
      return isHidden(localName(name)) && value.length > 2
        ? `${blank}${name}${sign}${quote}${hideIn(value.slice(1, -1))}${quote}`
        : whole;
    }),
  );
  return restored(withoutAttributes);
}

const mark = '\uE000';

/** The text with a mark in place of each CDATA section, so that what is in them is no tag. */
function withoutSections(written: string): { text: string; restored: (text: string) => string } {
  const sections: string[] = [];
  if (written.includes(mark)) return { text: written, restored: (text) => text };
  let text = '';
  let end = 0;
  for (;;) {
    const start = written.indexOf('<![CDATA[', end);
    const close = start === -1 ? -1 : written.indexOf(']]>', start);
    if (close === -1) break;
    text += `${written.slice(end, start)}${mark}${sections.length}${mark}`;
    end = close + 3;
    sections.push(written.slice(start, end));
  }
  text += written.slice(end);
  const restored = (some: string): string =>
    some.replaceAll(/\uE000(\d+)\uE000/g, (whole, index) => sections[Number(index)] ?? whole);
  return { text, restored };
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text as it is read, its entities and CDATA resolved. */
function plainXml(written: string): string {
  return written
    .replaceAll(/<!\[CDATA\[|\]\]>/g, '')
    .replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,10}));/gi, (whole, decimal, hex, name) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (name !== undefined) return entities[name] ?? whole;
      return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
    });
}

/** A text as XML spells it: in elements, and in attributes. */
export function xmlSpellings(text: string): readonly string[] {
  const inText = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = [inText.replaceAll('"', '&quot;'), inText.replaceAll('"', '&#34;')];
  return [
    inText,
    ...quoted.flatMap((one) => [one, one.replaceAll("'", '&apos;'), one.replaceAll("'", '&#39;')]),
  ];
}
