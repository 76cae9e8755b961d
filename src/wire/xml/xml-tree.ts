import { createRequire } from 'node:module';
import type { SaxesAttributeNS, SaxesParser } from 'saxes';
import { ApidoubleError } from '../../core/index.ts';
import type { WireFault } from '../codec.ts';
import { quote } from '../fault.ts';

/** An element of a parsed XML document. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** As written, with its prefix. */
  readonly qualified: string;
  readonly namespace: string;
  /** Namespace declarations are left out. */
  readonly attributes: readonly SaxesAttributeNS[];
  readonly elements: XmlElement[];
  /** All the text that stands directly inside, CDATA included. */
  text: string;
}

/** Elements inside elements; deeper is refused, so that nobody who walks the value runs out of stack. */
export const maxXmlDepth = 512;

const require = createRequire(import.meta.url);

/** Loaded with the first XML body, because those who never see one should not pay for it. */
function loadSaxes(): typeof import('saxes') {
  return require('saxes');
}

/** XML's own entities are all there are: a document type, which could make others, is refused. */
const entities: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  amp: '&',
  gt: '>',
  lt: '<',
  quot: '"',
  apos: "'",
});

/**
 * Parses a text strictly, without reading anything else and without a document type. A text that is not well-formed, too
 * deep or has a document type gives `undefined` and a fault.
 *
 * @see https://www.w3.org/TR/xml/
 */
export function parseXml(text: string, faults: WireFault[]): XmlElement | undefined {
  const { SaxesParser: Parser } = loadSaxes();
  const parser = new Parser({ xmlns: true, resolvePrefix: nameUnbound });
  parser.ENTITIES = entities;
  const build = startBuilding(parser);
  try {
    parser.write(text).close();
    return build.root;
  } catch (error) {
    faults.push(error instanceof Refusal ? error.fault : malformed(text, parser, error));
    return undefined;
  }
}

/** A prefix that nobody declared is forgiven; many documents of APIs name one without its namespace. */
function nameUnbound(prefix: string): string | undefined {
  return prefix === '' ? undefined : `urn:unbound:${prefix}`;
}

const declarations = 'http://www.w3.org/2000/xmlns/';

/** Stops the parser with a fault of ours. */
class Refusal extends Error {
  readonly fault: WireFault;

  constructor(fault: WireFault) {
    super(fault.message);
    this.fault = fault;
  }
}

function startBuilding(parser: SaxesParser<{ xmlns: true }>): { root: XmlElement | undefined } {
  const build: { root: XmlElement | undefined } = { root: undefined };
  const open: XmlElement[] = [];
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Refusal(documentType);
  });
  parser.on('opentag', (tag) => {
    if (open.length === maxXmlDepth) throw new Refusal(tooDeep);
    const attributes = Object.values(tag.attributes).filter((one) => one.uri !== declarations);
    const element = {
      name: tag.local,
      qualified: tag.name,
      namespace: tag.uri,
      attributes,
      elements: [],
      text: '',
    };
    if (open.length === 0) build.root = element;
    open.at(-1)?.elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  return build;
}

const documentType: WireFault = {
  code: 'body.doctype',
  message: 'has a document type declaration, which is not read',
  expected: 'XML without <!DOCTYPE',
  seen: '<!DOCTYPE',
};

const tooDeep: WireFault = {
  code: 'body.depth',
  message: `is nested deeper than ${maxXmlDepth} levels`,
  expected: `at most ${maxXmlDepth} levels`,
  seen: 'a deeper element',
};

function malformed(text: string, parser: SaxesParser<{ xmlns: true }>, error: unknown): WireFault {
  const reason =
    error instanceof Error ? error.message.replace(/^\d+:\d+: |\.$/g, '') : 'it cannot be parsed';
  const { line, column, position } = parser;
  return {
    code: 'body.malformed',
    message: `is not well-formed XML at line ${line}, column ${column} (offset ${position}): ${reason}`,
    expected: 'well-formed XML',
    seen: quote(text.slice(Math.max(0, position - 20), position)),
  };
}

/** The error of a value that XML cannot carry. */
export function notXml(reason: string): ApidoubleError {
  return new ApidoubleError('ERR_CODEC', `Cannot write body "XML": ${reason}. Use another value.`);
}
