import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What a configuration may be called; of several in one folder the first counts. */
const configNames: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json', 'yaml', 'yml'].map(
  (ending) => `apidouble.config.${ending}`,
);

/** The configuration of a folder, or of the nearest folder above that has one. */
export function findConfig(folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    for (const name of configNames) {
      const file = join(here, name);
      if (existsSync(file)) return file;
    }
    if (dirname(here) === here) return undefined;
  }
}
