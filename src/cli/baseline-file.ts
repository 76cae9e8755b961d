import { type BaselineEntry, readBaseline } from '../contract/index.ts';
import { systemClock } from '../core/index.ts';
import { parseSource } from '../document/index.ts';
import { readNamed } from './request-options.ts';

/** The findings that the file of `--baseline` bears with. Throws `ERR_OPTION` where it cannot be read. */
export async function baselineOf(file: string | undefined): Promise<readonly BaselineEntry[]> {
  if (file === undefined) return [];
  const text = await readNamed('--baseline', file);
  return readBaseline(parseSource(text, { uri: file, file }).root, file);
}

/** The day that entries expire by: `2026-11-26`. */
export function today(): string {
  return new Date(systemClock.now()).toISOString().slice(0, 10);
}
