import { ApidoubleError, type Finding } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import type { MockOptions } from './mock.ts';

/**
 * The document to serve, read unless it has been read already. Throws `ERR_DOCUMENT_…` where it cannot be read, and
 * `ERR_DOCUMENT_EMPTY` where nothing of it can be served.
 */
export async function readServed(
  source: MockOptions['document'],
  { cwd, allowHosts, overlays, corrections }: MockOptions,
): Promise<ApiDocument> {
  if (isApiDocument(source)) return withOperations(source);
  return withOperations(
    await loadDocument(source, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(allowHosts === undefined ? {} : { allowHosts }),
      ...(overlays === undefined ? {} : { overlays }),
      ...(corrections === undefined ? {} : { corrections }),
    }),
  );
}

function isApiDocument(source: MockOptions['document']): source is ApiDocument {
  return typeof source === 'object' && 'locate' in source && typeof source.locate === 'function';
}

function withOperations(document: ApiDocument): ApiDocument {
  if (document.operations.length > 0) return document;
  const [first] = document.faults;
  const remedy =
    first === undefined ? 'Add one under "paths".' : `Correct this first: ${placed(first, document)}`;
  throw new ApidoubleError(
    'ERR_DOCUMENT_EMPTY',
    `Cannot serve "${document.uri}": the document has no operation. ${remedy}`,
  );
}

/** What is wrong, behind its place: where a file is gone that held all the paths, that is the thing to know. */
function placed({ message, origin }: Finding, document: ApiDocument): string {
  if (origin === undefined) return message;
  const { file, line, column } = document.locate(origin);
  return `${file}:${line}:${column} ${message}`;
}
