import { resolve } from 'node:path';
import type { LoadedConfig } from '../config/index.ts';

/** The reporters that stand at the top of a configuration, their files made whole; `undefined` where none do. */
export function reportersIn(loaded: LoadedConfig | undefined): readonly string[] | undefined {
  return loaded?.config.reporters?.map((text) => wholeReporter(text, loaded.folder));
}

/** A reporter as `--reporter` takes it, its file, where it has one, relative to the configuration's folder no more. */
export function wholeReporter(text: string, folder: string): string {
  const [, name, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  return name === undefined || file === undefined ? text : `${name}=${resolve(folder, file)}`;
}
