import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { createJiti } from 'jiti';
import { ApidoubleError, fileReason, isApidoubleError, type SourceLocation } from '../core/index.ts';
import { readData } from '../document/index.ts';
import { compileSchema, type Schema } from '../schema/index.ts';
import type { ApidoubleConfig } from './config.ts';
import { configSchema } from './config-schema.ts';
import { resolveReferences } from './resolve-references.ts';

/** A configuration that was read. */
export interface LoadedConfig {
  readonly config: ApidoubleConfig;
  /** As shown: relative to the working directory where it can be. */
  readonly file: string;
  /** What its paths are relative to. */
  readonly folder: string;
  /** Refuses what stands at a place: the file, the line where it is known, the pointer, why, and what to do. */
  refuse(pointer: string, reason: string, remedy: string): ApidoubleError;
}

/**
 * Reads a configuration: .ts, .mts, .js and .mjs by their default export (a function is called), the others as JSON or YAML.
 * Throws `ERR_CONFIG` where it cannot be read, or has something that cannot be used.
 */
export async function readConfig(path: string, cwd: string): Promise<LoadedConfig> {
  const absolute = resolve(cwd, path);
  const file = shown(absolute, cwd);
  const isCode = /\.[cm]?[jt]s$/.test(absolute);
  const { value, locate } = isCode ? await importConfig(absolute, file) : await parseConfig(absolute, file);
  const refuse: LoadedConfig['refuse'] = (pointer, reason, remedy) => {
    const location = locate?.(pointer);
    const place = location === undefined ? file : `${file}:${location.line}:${location.column}`;
    const message = `Cannot use configuration "${place}": ${pointer === '' ? '' : `${pointer}: `}${reason}. ${remedy}.`;
    return new ApidoubleError('ERR_CONFIG', message, location === undefined ? {} : { location });
  };
  holdToSchema(value, refuse);
  holdToCode(value as ApidoubleConfig, refuse);
  return { config: value as ApidoubleConfig, file, folder: dirname(absolute), refuse };
}

function shown(absolute: string, cwd: string): string {
  const path = relative(cwd, absolute);
  return path.startsWith('..') ? absolute : path;
}

interface Read {
  readonly value: unknown;
  readonly locate?: (pointer: string) => SourceLocation;
}

async function parseConfig(absolute: string, file: string): Promise<Read> {
  const text = await readFile(absolute, 'utf8').catch((error: unknown) => {
    throw unreadable(file, fileReason(error));
  });
  try {
    const { root, locate } = readData(text, { uri: `file://${absolute}`, file });
    return { value: root ?? {}, locate };
  } catch (error) {
    if (!isApidoubleError(error)) throw error;
    const options =
      error.location === undefined ? { cause: error } : { cause: error, location: error.location };
    throw new ApidoubleError(
      'ERR_CONFIG',
      error.message.replace('read document', 'read configuration'),
      options,
    );
  }
}

async function importConfig(absolute: string, file: string): Promise<Read> {
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false });
  try {
    const given: unknown = await jiti.import(absolute, { default: true });
    const value: unknown = typeof given === 'function' ? await (given as () => unknown)() : given;
    return { value };
  } catch (error) {
    const reason = error instanceof Error ? firstLine(error) : String(error);
    const missing = /^cannot find module '([^']*)'/i.exec(reason)?.[1];
    throw unreadable(file, missing === absolute ? 'there is no such file' : reason, error);
  }
}

function firstLine({ message, stack }: Error): string {
  const place = /\(?(?:file:\/\/)?([^\s()]+apidouble[^\s()]*:\d+:\d+)\)?/.exec(stack ?? '')?.[1];
  return `${message.split('\n')[0] ?? ''}${place === undefined ? '' : ` (${place})`}`;
}

function unreadable(file: string, reason: string, cause?: unknown): ApidoubleError {
  return new ApidoubleError(
    'ERR_CONFIG',
    `Cannot read configuration "${file}": ${reason}. Correct it, or name another by --config.`,
    { cause },
  );
}

function holdToSchema(value: unknown, refuse: LoadedConfig['refuse']): void {
  const schema = resolveReferences(configSchema) as Schema;
  const [first] = compileSchema(schema, { direction: 'request' }).validate(value);
  if (first === undefined) return;
  const reason = `${first.message.replace(/^The value /, 'it ')}, and is ${first.seen}`;
  throw refuse(first.pointer, reason, 'apidouble/schemas/config.schema.json says what may stand there');
}

/** What no JSON Schema can say: functions have to be functions. */
function holdToCode(
  { hooks, checks = {}, targets = {} }: ApidoubleConfig,
  refuse: LoadedConfig['refuse'],
): void {
  const groups = [
    ['/hooks', hooks] as const,
    ...Object.entries(targets).map(([name, one]) => [`/targets/${name}/hooks`, one.hooks] as const),
  ];
  const remedy = 'Write the configuration as apidouble.config.ts, .js or .mjs';
  for (const [pointer, own = {}] of groups) {
    for (const [name, hook] of Object.entries(own)) {
      if (typeof hook !== 'function')
        throw refuse(`${pointer}/${name}`, 'a hook has to be a function', remedy);
    }
  }
  for (const [name, own] of Object.entries(checks)) {
    if (typeof own.title !== 'string')
      throw refuse(`/checks/${name}`, 'a check needs a title', 'Give it one sentence');
    if (typeof own.check !== 'function')
      throw refuse(`/checks/${name}`, 'its "check" has to be a function', remedy);
  }
}
