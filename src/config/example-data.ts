import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ExampleData } from '../contract/index.ts';
import { ApidoubleError } from '../core/index.ts';
import { type ApiDocument, readData } from '../document/index.ts';
import { compileSchema, type Schema } from '../schema/index.ts';
import { configSchema } from './config-schema.ts';
import { resolveReferences } from './resolve-references.ts';

/** The JSON Schema of a file of example data. */
export const exampleDataSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Example data',
  description: 'Values that a server knows: used wherever a valid value or the id of a thing is wanted.',
  ...(resolveReferences({ ...configSchema, $ref: '#/$defs/exampleData' }) as object),
};

/** Reads a file of example data (YAML or JSON). Throws `ERR_OPTION` where it cannot be read, or has another shape. */
export async function readExampleData(file: string, folder: string): Promise<ExampleData> {
  const text = await readFile(resolve(folder, file), 'utf8').catch(() => {
    throw refuse(file, 'it cannot be read', 'Name a file that can be read');
  });
  const { root, locate } = readData(text, { uri: file, file });
  const [first] = compileSchema(exampleDataSchema as Schema, { direction: 'request' }).validate(root);
  if (first === undefined) return root as ExampleData;
  const { line, column } = locate(first.pointer);
  throw refuse(
    `${file}:${line}:${column}`,
    `${first.pointer}: ${first.message}`,
    'It has operations, parameters, properties',
  );
}

/** Throws `ERR_OPTION` for example data of an operation that the document has not. */
export function holdToDocument({ operations = {} }: ExampleData, document: ApiDocument): void {
  for (const name of Object.keys(operations)) {
    const isKnown = document.operations.some(
      ({ key, method, path }) => key === name || `${method} ${path}` === name,
    );
    if (!isKnown)
      throw refuse(name, 'the document has no such operation', 'Name one by operationId, or as "GET /path"');
  }
}

function refuse(name: string, reason: string, remedy: string): ApidoubleError {
  return new ApidoubleError('ERR_OPTION', `Cannot use example data "${name}": ${reason}. ${remedy}.`);
}
