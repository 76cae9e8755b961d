import { type ApidoubleError, type Finding, isApidoubleError, type Origin } from '../core/index.ts';
import type { ApiDocument } from './api-document.ts';
import { decodeText } from './decode-text.ts';
import { fileOfObject, fileOfText } from './document-source.ts';
import { rememberReader } from './external-value.ts';
import { fault } from './fault-codes.ts';
import type { LoadOptions } from './load-options.ts';
import { makeDocument } from './make-document.ts';
import type { OverlayFile } from './overlay/overlay.ts';
import { parseSource } from './parse-source.ts';
import { References, referenceOf } from './references.ts';
import { Scan } from './scan.ts';
import { type Located, originAt, rootOf, type SourceFile } from './source-file.ts';
import { type Refusal, SourceReader } from './source-reader.ts';

/** Files that one document may be made of. */
const fileLimit = 1000;

/**
 * Reads a document of Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2 and all the files that it refers to: from a path, an
 * http(s) URL, `-` (standard input) or an object, which is not changed. Only the structure is looked at; what stands
 * below an operation is made on its first use.
 *
 * Throws `ERR_DOCUMENT_UNREADABLE`, `ERR_DOCUMENT_SYNTAX` (with line and column), `ERR_DOCUMENT_VERSION` or, for an overlay,
 * `ERR_OVERLAY`. Whatever else is wrong is a finding in `faults`.
 *
 * @example const document = await loadDocument('openapi.yaml');
 */
export async function loadDocument(
  input: string | URL | object,
  options: LoadOptions = {},
): Promise<ApiDocument> {
  const reader = new SourceReader(options);
  const root = await overlaid(await readRoot(input, reader), options, reader);
  const references = new References(root);
  const scan = new Scan(references);
  scan.visit(rootOf(root), 'document');
  await readReferences(scan, references, reader);
  scan.finish();
  const document = makeDocument({ references, scan, reader, corrections: options.corrections ?? {} });
  rememberReader(document, reader);
  return document;
}

async function readRoot(input: string | URL | object, reader: SourceReader): Promise<SourceFile> {
  if (typeof input === 'object' && !(input instanceof URL)) return fileOfObject(input, 'memory:');
  const { uri, bytes } = await reader.readRoot(input);
  return fileOfText(decodeText(bytes), { uri, file: reader.displayName(uri) });
}

/** The file with its overlays applied. Where there are none, nothing is loaded for them. */
async function overlaid(
  file: SourceFile,
  { overlays = [] }: LoadOptions,
  reader: SourceReader,
): Promise<SourceFile> {
  if (overlays.length === 0) return file;
  const { applyOverlays } = await import('./overlay/apply-overlays.ts');
  const read = overlays.map((overlay, index) => readOverlayFile(overlay, index, reader));
  return applyOverlays(file, await Promise.all(read));
}

async function readOverlayFile(
  overlay: string | URL | object,
  index: number,
  reader: SourceReader,
): Promise<OverlayFile> {
  if (typeof overlay === 'object' && !(overlay instanceof URL)) {
    const name = `overlay:${index}`;
    return { uri: name, name, syntax: 'object', root: overlay };
  }
  const { uri, bytes } = await reader.readRoot(overlay);
  const name = reader.displayName(uri);
  const text = decodeText(bytes);
  return { uri, name, text, ...parseSource(text, { uri, file: name }) };
}

/** Reads file after file until every reference has its file, or a reason why it has none. */
async function readReferences(scan: Scan, references: References, reader: SourceReader): Promise<void> {
  for (let more = true; more; ) {
    const missing = scan.missingFiles();
    await Promise.all([...missing].map(([uri, place]) => readOne(uri, { place, references, reader })));
    more = scan.followReferences() || missing.size > 0;
  }
}

interface Need {
  readonly place: Located;
  readonly references: References;
  readonly reader: SourceReader;
}

async function readOne(uri: string, { place, references, reader }: Need): Promise<void> {
  const refuse = (refusal: Refusal): void => {
    references.unreadable.set(uri, (at) => refusedReference(at, refusal));
  };
  if (references.files.size + references.unreadable.size >= fileLimit) {
    return refuse({ code: 'document.reference-file', reason: `there are more than ${fileLimit} files` });
  }
  const read = await reader.readReferenced(uri, references.root.uri);
  if ('code' in read) return refuse(read);
  try {
    const name = { uri, file: reader.displayName(uri) };
    references.addFile(fileOfText(decodeText(read.bytes), name, place.file.dialect));
  } catch (error) {
    if (!isApidoubleError(error)) throw error;
    refuse({ code: 'document.reference-file', reason: firstSentence(error) });
  }
}

function firstSentence(error: ApidoubleError): string {
  return error.message.replace(/^Cannot read document /, '').replace(/\.[^.]*\.$/, '');
}

function refusedReference(place: Located, { code, reason }: Refusal): Finding {
  const reference = referenceOf(place.value) ?? '';
  const origin: Origin = originAt(place);
  return fault(code, origin, {
    message: `The reference "${reference}" cannot be followed: ${reason}.`,
    seen: reference,
  });
}
