import { resolve } from 'node:path';
import { appendPointer } from '../core/index.ts';
import { chooseTarget, type Reader, secretOf, type TlsFiles, tlsOf } from './choose-target.ts';
import type { IdentityConfig, Secret, TargetSettings } from './config.ts';
import type { SettingsChoice } from './contract-settings.ts';
import type { LoadedConfig } from './read-config.ts';

/** What a configuration says of a server that the requests of others go to. */
export interface TrafficSettings {
  /** Absent where no target is chosen. */
  readonly url?: string;
  readonly tls: TlsFiles;
  /** A file of findings to bear with. */
  readonly baseline?: string;
  /** Credentials that it knows, to be kept out of what is written. */
  readonly secrets: readonly string[];
}

/**
 * What a configuration says of one of its targets to those who only pass requests on. Credentials are not needed for that, so a
 * variable that is not set is no fault. Throws `ERR_CONFIG` for a target that there is not, or whose URL or files cannot be had.
 */
export async function trafficSettings(
  loaded: LoadedConfig,
  { target, environment }: SettingsChoice,
): Promise<TrafficSettings> {
  const reader: Reader = { ...loaded, environment };
  const chosen = chooseTarget(loaded, target);
  const url =
    chosen === undefined
      ? (target ?? loaded.config.target)
      : secretOf(chosen.target.url, appendPointer(appendPointer('/targets', chosen.name), 'url'), reader);
  const baseline = baselineIn(loaded, chosen?.target);
  const basePath = chosen?.target.basePath ?? loaded.config.basePath;
  return {
    ...(url === undefined ? {} : { url: withPath(url, basePath) }),
    tls: await tlsOf(loaded, chosen),
    ...(baseline === undefined ? {} : { baseline }),
    secrets: secretsIn(loaded, environment),
  };
}

/** The file of findings to bear with: a target's own, else the one at the top. */
export function baselineIn(loaded: LoadedConfig | undefined, target?: TargetSettings): string | undefined {
  const file = target?.baseline ?? loaded?.config.baseline;
  return file === undefined || loaded === undefined ? undefined : resolve(loaded.folder, file);
}

/** Every credential that a configuration knows, whoever's it is; those of variables that are not set are not known. */
export function secretsIn(
  loaded: LoadedConfig | undefined,
  environment: SettingsChoice['environment'],
): readonly string[] {
  const { config } = loaded ?? {};
  const all = [config, ...Object.values(config?.targets ?? {})];
  const identities = all.flatMap((one) => [one, one?.second]);
  return identities.flatMap((one) => valuesOf(one ?? {}, environment));
}

function withPath(url: string, basePath: string | undefined): string {
  return basePath === undefined || !URL.canParse(url) ? url : `${new URL(url).origin}${basePath}`;
}

/** What stands in other headers is no secret, unless it is kept out of the configuration. */
function tells(name: string): boolean {
  return /auth|token|key|secret|cookie|session/i.test(name);
}

function valuesOf(
  { auth = {}, headers = {} }: IdentityConfig,
  environment: SettingsChoice['environment'],
): readonly string[] {
  const telling = Object.entries(headers).filter(([name, value]) => typeof value !== 'string' || tells(name));
  const given: readonly Secret[] = [...Object.values(auth), ...telling.map(([, value]) => value)];
  return given.flatMap((one) => (typeof one === 'string' ? one : (environment[one.env] ?? [])));
}
