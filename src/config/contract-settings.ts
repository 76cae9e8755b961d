import { exec } from 'node:child_process';
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
import { chooseTarget, isUrl, type Reader, secretOf, tlsOf } from './choose-target.ts';
import type { ApidoubleConfig, IdentityConfig, Secret, TargetSettings } from './config.ts';
import { readExampleData } from './example-data.ts';
import type { LoadedConfig } from './read-config.ts';

/** What a configuration says of a run, ready to be used. */
export interface ContractSettings {
  readonly options: Partial<ContractOptions>;
  /** How the document is to be read. */
  readonly reading: Pick<LoadOptions, 'allowHosts' | 'corrections' | 'overlays'>;
  readonly exit: ExitOptions;
  readonly document?: string;
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
      http: await tlsOf(loaded, chosen),
    },
    exit: exitOf(config),
    reading: readingOf(loaded),
    ...(document === undefined ? {} : { document }),
    ...(baseline === undefined ? {} : { baseline: path(baseline) }),
  };
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

function exitOf({ failOn, maxInconclusive }: ApidoubleConfig): ExitOptions {
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(maxInconclusive === undefined ? {} : { maxInconclusive }),
  };
}
