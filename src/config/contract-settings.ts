import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  type ContractIdentity,
  type ContractOptions,
  type ExampleData,
  type ExitOptions,
  type LoginStep,
  mergeExampleData,
} from '../contract/index.ts';
import { ApidoubleError, appendPointer } from '../core/index.ts';
import type { LoadOptions } from '../document/index.ts';
import type { ApidoubleConfig, IdentityConfig, Secret, TargetConfig, TargetSettings } from './config.ts';
import { readExampleData } from './example-data.ts';
import type { LoadedConfig } from './read-config.ts';

/** What a configuration says of a run, ready to be used. */
export interface ContractSettings {
  readonly options: Partial<ContractOptions>;
  /** How the document is to be read. */
  readonly reading: Pick<LoadOptions, 'allowHosts' | 'corrections' | 'overlays'>;
  readonly exit: ExitOptions;
  readonly document?: string;
  readonly reporters?: readonly string[];
  /** A file. */
  readonly baseline?: string;
}

/** What is chosen of a configuration. */
export interface SettingsChoice {
  /** The name of a target, or a URL. */
  readonly target?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What a configuration says of a run on one of its targets. Throws `ERR_CONFIG` for a target or a variable that there is not. */
export async function contractSettings(
  loaded: LoadedConfig,
  choice: SettingsChoice,
): Promise<ContractSettings> {
  const { config, folder } = loaded;
  const chosen = chooseTarget(loaded, choice.target);
  const reader: Reader = { ...loaded, environment: choice.environment };
  const own: TargetSettings = chosen?.target ?? {};
  const at = chosen === undefined ? '' : appendPointer('/targets', chosen.name);
  const path = (file: string): string => resolve(folder, file);
  const document = documentIn(loaded);
  const baseline = own.baseline ?? config.baseline;
  const url =
    chosen === undefined
      ? (choice.target ?? config.target)
      : secretOf(chosen.target.url, `${at}/url`, reader);
  return {
    options: {
      ...sharedOptions(config, own),
      ...identityOf(config, own, { at, reader }),
      ...secondOf(config, own, { at, reader }),
      ...(url === undefined
        ? {}
        : { target: url, allowWritesTo: writableHosts(config, own, { url, choice }) }),
      ...(await exampleDataOf(config, own, loaded)),
      ...(await tlsOf(config, own, { loaded, at })),
    },
    exit: exitOf(config),
    reading: readingOf(loaded),
    ...(document === undefined ? {} : { document }),
    ...(config.reporters === undefined ? {} : { reporters: config.reporters }),
    ...(baseline === undefined ? {} : { baseline: path(baseline) }),
  };
}

interface Reader extends LoadedConfig {
  readonly environment: SettingsChoice['environment'];
}

interface Chosen {
  readonly name: string;
  readonly target: TargetConfig;
}

function chooseTarget({ config, refuse }: LoadedConfig, wanted: string | undefined): Chosen | undefined {
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

/** What the target says of its own wins over what stands at the top. */
function sharedOptions(config: ApidoubleConfig, own: TargetSettings): Partial<ContractOptions> {
  const { grades, checks, seed, engineOpinion } = config;
  const merged = { ...config, ...own };
  const { basePath, writes, leaveBehind, without, include, exclude, budget } = merged;
  const { concurrency, rate, timeout } = merged;
  const hooks =
    config.hooks === undefined && own.hooks === undefined ? undefined : { ...config.hooks, ...own.hooks };
  return withoutUndefined({
    grades,
    checks,
    seed,
    engineOpinion,
    basePath,
    writes,
    leaveBehind,
    without,
    include,
    exclude,
    budget,
    concurrency,
    rate,
    timeout,
    hooks,
  });
}

function withoutUndefined<Options extends object>(
  options: Options,
): { [Key in keyof Options]?: Exclude<Options[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

interface Place {
  /** Of the target. */
  readonly at: string;
  readonly reader: Reader;
}

function identityOf(config: IdentityConfig, own: IdentityConfig, { at, reader }: Place): ContractIdentity {
  const auth = {
    ...secretsOf(config.auth, '/auth', reader, own.auth),
    ...secretsOf(own.auth, `${at}/auth`, reader),
  };
  const headers = {
    ...secretsOf(config.headers, '/headers', reader, own.headers),
    ...secretsOf(own.headers, `${at}/headers`, reader),
  };
  const roles = own.roles ?? config.roles;
  const command = own.tokenCommand ?? config.tokenCommand;
  const login = own.login ?? config.login;
  const loginAt = own.login === undefined ? '/login' : `${at}/login`;
  return {
    auth,
    headers,
    ...(roles === undefined ? {} : { roles }),
    ...(command === undefined ? {} : { token: () => tokenOf(command) }),
    ...(login === undefined ? {} : { login: filledSecrets(login, loginAt, reader) as LoginStep }),
  };
}

function secondOf(
  { second: first }: TargetSettings,
  { second: own }: TargetSettings,
  { at, reader }: Place,
): Pick<ContractOptions, 'second'> {
  if (first === undefined && own === undefined) return {};
  const place = { at: own === undefined ? '/second' : `${at}/second`, reader };
  return { second: identityOf({}, { ...first, ...own }, place) };
}

function secretsOf(
  given: Readonly<Record<string, Secret>> | undefined,
  pointer: string,
  reader: Reader,
  /** What will stand in its place. */
  instead: Readonly<Record<string, Secret>> = {},
): Readonly<Record<string, string>> {
  const wanted = Object.entries(given ?? {}).filter(([name]) => !Object.hasOwn(instead, name));
  return Object.fromEntries(
    wanted.map(([name, secret]) => [name, secretOf(secret, appendPointer(pointer, name), reader)]),
  );
}

function secretOf(secret: Secret, pointer: string, { environment, refuse }: Reader): string {
  if (typeof secret === 'string') return secret;
  const value = environment[secret.env];
  if (value !== undefined && value !== '') return value;
  throw refuse(pointer, `the environment variable ${secret.env} is not set`, `Set ${secret.env}`);
}

/** A value with what the environment has in place of every `{ env: NAME }`. */
function filledSecrets(value: unknown, pointer: string, reader: Reader): unknown {
  if (Array.isArray(value))
    return value.map((one, index) => filledSecrets(one, appendPointer(pointer, String(index)), reader));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'env' && typeof only[1] === 'string') {
    return secretOf({ env: only[1] }, pointer, reader);
  }
  return Object.fromEntries(
    entries.map(([name, one]) => [name, filledSecrets(one, appendPointer(pointer, name), reader)]),
  );
}

/** The first line that a command of the user's prints. Throws `ERR_OPTION` where it fails or prints none. */
export async function tokenOf(command: string): Promise<string> {
  const refuse = (reason: string): ApidoubleError =>
    new ApidoubleError('ERR_OPTION', `Cannot use the token command "${command}": ${reason}. Run it by hand.`);
  const { stdout } = await promisify(exec)(command, { timeout: 60_000 }).catch((error: unknown) => {
    const { code } = error as { code?: unknown };
    throw refuse(typeof code === 'number' ? `it ended with code ${code}` : 'it took over a minute');
  });
  const token = stdout.split('\n', 1)[0]?.trim() ?? '';
  if (token === '') throw refuse('it printed nothing');
  return token;
}

async function exampleDataOf(
  config: ApidoubleConfig,
  own: TargetSettings,
  { folder }: LoadedConfig,
): Promise<Pick<ContractOptions, 'exampleData'>> {
  const given = [config.exampleData, own.exampleData].filter((one) => one !== undefined);
  if (given.length === 0) return {};
  let merged: ExampleData = {};
  for (const one of given) {
    merged = mergeExampleData(merged, typeof one === 'string' ? await readExampleData(one, folder) : one);
  }
  return { exampleData: merged };
}

async function tlsOf(
  config: ApidoubleConfig,
  own: TargetSettings,
  { loaded: { folder, refuse }, at }: { loaded: LoadedConfig; at: string },
): Promise<Pick<ContractOptions, 'http'>> {
  const tls = own.tls ?? config.tls;
  if (tls === undefined) return {};
  const { insecure } = tls;
  const http: Record<string, string | boolean> = insecure === undefined ? {} : { insecure };
  for (const name of ['ca', 'cert', 'key'] as const) {
    const file = tls[name];
    if (file === undefined) continue;
    http[name] = await readFile(resolve(folder, file), 'utf8').catch(() => {
      const pointer = `${own.tls === undefined ? '' : at}/tls/${name}`;
      throw refuse(pointer, `"${file}" cannot be read`, 'Name a PEM file, relative to the configuration');
    });
  }
  return { http };
}

/** Who names a URL means its host; a target of the configuration has to say that it may be written to. */
function writableHosts(
  config: ApidoubleConfig,
  own: TargetSettings,
  { url, choice }: { url: string; choice: SettingsChoice },
): readonly string[] {
  const isNamed = own.writes === true || (choice.target !== undefined && isUrl(choice.target));
  const host = isNamed && URL.canParse(url) ? [new URL(url).host] : [];
  return [...(config.allowWritesTo ?? []), ...(own.allowWritesTo ?? []), ...host];
}

/** How the document is to be read, by what stands at the top of a configuration. */
export function readingOf({ config, folder }: LoadedConfig): ContractSettings['reading'] {
  const { allowHosts, overlays, operations } = config;
  return {
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(overlays === undefined
      ? {}
      : { overlays: overlays.map((one) => (isUrl(one) ? one : resolve(folder, one))) }),
    ...(operations === undefined ? {} : { corrections: operations }),
  };
}

/** The document that a configuration names. */
export function documentIn({ config, folder }: LoadedConfig): string | undefined {
  const { document } = config;
  return document === undefined || isUrl(document) ? document : resolve(folder, document);
}

function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text);
}

function exitOf({ failOn, maxInconclusive }: ApidoubleConfig): ExitOptions {
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(maxInconclusive === undefined ? {} : { maxInconclusive }),
  };
}
