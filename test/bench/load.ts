import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import type { ApiDocument } from '../../src/document/index.ts';
import { loadDocument } from '../../src/document/index.ts';

const source = resolve(import.meta.dirname, '../../../shared/documents/authentik-2024.6.1.yml');
const elsewhere = resolve(import.meta.dirname, '../../../../shared/documents/authentik-2024.6.1.yml');

/** Prints how long loading, first use and the first look for a line take on authentik's 814 operations. */
async function main(): Promise<void> {
  const yaml = [process.argv[2], source, elsewhere].find((one) => one !== undefined && existsSync(one));
  if (yaml === undefined) throw new Error(`No document at ${source}; name one as the first argument.`);
  const folder = await mkdtemp(join(tmpdir(), 'apidouble-load-'));
  const json = join(folder, 'document.json');
  await writeFile(json, JSON.stringify(load(await readFile(yaml, 'utf8'))));
  for (const file of [yaml, json, yaml, json, yaml, json]) await measure(file);
  await rm(folder, { recursive: true });
}

async function measure(file: string): Promise<void> {
  const start = performance.now();
  const document = await loadDocument(file);
  const loaded = performance.now();
  for (const operation of document.operations) use(operation);
  const used = performance.now();
  document.locate({ uri: document.uri, pointer: '/paths' });
  const found = performance.now();
  const times = [loaded - start, used - loaded, found - used].map((time) => `${time.toFixed(0)} ms`);
  const heap = Math.round(process.memoryUsage().heapUsed / 1e6);
  console.log(
    `${file.slice(-4)}: load ${times[0]}, every operation ${times[1]}, first line ${times[2]}, heap ${heap} MB, ` +
      `${document.operations.length} operations, ${document.faults.length} faults`,
  );
}

function use(operation: ApiDocument['operations'][number]): number {
  return operation.parameters.length + operation.responses.size + (operation.requestBody?.content.size ?? 0);
}

await main();
