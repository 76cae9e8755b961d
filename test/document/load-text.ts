import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiDocument, LoadOptions } from '../../src/document/index.ts';
import { loadDocument } from '../../src/document/index.ts';

/** Loads a text as the file `document.yaml` of a folder that has the other files too. */
export async function loadText(
  text: string | Uint8Array,
  { files = {}, ...options }: LoadOptions & { files?: Readonly<Record<string, string>> } = {},
): Promise<ApiDocument> {
  const cwd = await mkdtemp(join(tmpdir(), 'apidouble-document-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
    await writeFile(join(cwd, 'document.yaml'), text);
    return await loadDocument('document.yaml', { cwd, ...options });
  } finally {
    await rm(cwd, { recursive: true });
  }
}
