/** What XML 1.0 cannot hold, escaped or not: most control characters, lone surrogates and two noncharacters. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * A text for an element's content; what XML cannot hold becomes U+FFFD.
 *
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function xmlText(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>\r]/g, (found) => entities[found] as string);
}

/** A text for an attribute in double quotes; line ends and tabs survive. */
function xmlAttribute(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>"\t\n\r]/g, (found) => entities[found] as string);
}

/** Attributes as they stand in a tag, each with a space before it; those without a value are left out. */
export function xmlAttributes(values: Readonly<Record<string, string | number | undefined>>): string {
  let written = '';
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) written += ` ${name}="${xmlAttribute(String(value))}"`;
  }
  return written;
}
