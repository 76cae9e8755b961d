import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { appendPointer } from '../core/index.ts';
import type { ApidoubleConfig, Secret, TargetConfig } from './config.ts';
import type { LoadedConfig } from './read-config.ts';

/** A configuration, and the environment that it names variables of. */
export interface Reader extends LoadedConfig {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** One of its targets. */
export interface Chosen {
  readonly name: string;
  readonly target: TargetConfig;
}

/** The target that is named, by its name or its URL, else the configuration's own. Throws `ERR_CONFIG` for one that there is not. */
export function chooseTarget(
  { config, refuse }: LoadedConfig,
  wanted: string | undefined,
): Chosen | undefined {
  const { targets = {} } = config;
  const names = Object.keys(targets);
  const name = wanted ?? config.target ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) return undefined;
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (target !== undefined) return { name, target };
  if (/^https?:\/\//.test(name)) return byUrl(targets, name);
  const known = names.length === 0 ? 'It has none' : `Name one of ${names.join(', ')}, or a URL`;
  throw refuse(wanted === undefined ? '/target' : '/targets', `there is no target "${name}"`, known);
}

/** A target that is named by its own URL. */
function byUrl(targets: NonNullable<ApidoubleConfig['targets']>, url: string): Chosen | undefined {
  const found = Object.entries(targets).find(([, target]) => target.url === url);
  return found === undefined ? undefined : { name: found[0], target: found[1] };
}

/** The text that is meant. Throws `ERR_CONFIG` for a variable that is not set. */
export function secretOf(secret: Secret, pointer: string, { environment, refuse }: Reader): string {
  if (typeof secret === 'string') return secret;
  const value = environment[secret.env];
  if (value !== undefined && value !== '') return value;
  throw refuse(pointer, `the environment variable ${secret.env} is not set`, `Set ${secret.env}`);
}

/** Whether a text is no name or path. */
export function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text);
}

/** How requests to a target travel, its files read. Throws `ERR_CONFIG` for one that cannot be. */
export async function tlsOf(
  { config, folder, refuse }: LoadedConfig,
  chosen: Chosen | undefined,
): Promise<TlsFiles> {
  const own = chosen?.target.tls;
  const at = own === undefined ? '' : appendPointer('/targets', chosen?.name ?? '');
  const { insecure, ...files } = own ?? config.tls ?? {};
  const read: { ca?: string; cert?: string; key?: string } = {};
  for (const name of ['ca', 'cert', 'key'] as const) {
    const file = files[name];
    if (file === undefined) continue;
    read[name] = await readFile(resolve(folder, file), 'utf8').catch(() => {
      const remedy = 'Name a PEM file, relative to the configuration';
      throw refuse(`${at}/tls/${name}`, `"${file}" cannot be read`, remedy);
    });
  }
  return insecure === undefined ? read : { ...read, insecure };
}

/** What was read (PEM). */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
}
