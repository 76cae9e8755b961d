import { resolve } from 'node:path';
import type { Command, Option } from 'commander';
import type { commandsWithFlags, FlagsConfig, LoadedConfig } from '../config/index.ts';
import { appendPointer } from '../core/index.ts';
import { flagsIn } from './config-flags.ts';
import { wholeReporter } from './config-reporters.ts';

/** A command whose flags a configuration may say. */
export type ConfiguredCommand = (typeof commandsWithFlags)[number];

/**
 * What the section of a command says, as the flags that would say it, its paths made whole. A list is left out where the command line
 * has one of its own. Throws `ERR_CONFIG` for a flag that there is not.
 */
export function configArguments(
  command: Command,
  { config, folder, refuse }: LoadedConfig,
  argv: readonly string[] = [],
): readonly string[] {
  const name = command.name() as ConfiguredCommand;
  const section: FlagsConfig = config[name] ?? {};
  const given = flagsIn(argv);
  return Object.entries(section).flatMap(([member, value]) => {
    const options = command.options.filter((option) => option.attributeName() === member);
    if (options.length === 0) {
      throw refuse(
        appendPointer(`/${name}`, member),
        `apidouble ${name} has no such flag`,
        `See apidouble ${name} --help`,
      );
    }
    if (Array.isArray(value) && options.some((option) => isNamedIn(given, option))) return [];
    return wordsOf(options, value, folder);
  });
}

function isNamedIn(words: readonly string[], { long }: Option): boolean {
  return words.some((word) => word === long || word.startsWith(`${long}=`));
}

function wordsOf(options: readonly Option[], value: unknown, folder: string): readonly string[] {
  const positive = options.find(({ negate }) => !negate);
  const negative = options.find(({ negate }) => negate);
  if (value === true) return positive?.long === undefined ? [] : [positive.long];
  // A flag that is off by default needs no word.
  if (value === false) return negative?.long === undefined ? [] : [negative.long];
  const long = positive?.long ?? '';
  const text = (one: unknown): string => wholePath(String(one), positive?.flags ?? '', folder);
  if (Array.isArray(value)) return value.map((one) => `${long}=${text(one)}`);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, one]) => `${long}=${key}=${String(one)}`);
  }
  return [`${long}=${text(value)}`];
}

/** What a flag takes says whether it is a path: paths of a configuration are relative to its folder. */
function wholePath(text: string, flags: string, folder: string): string {
  if (flags.includes('<name[=file]>')) return wholeReporter(text, folder);
  const isPath = /<(?:file|path|folder|document)>/.test(flags);
  if (!isPath || text === '-' || /^https?:\/\//.test(text)) return text;
  return resolve(folder, text);
}
