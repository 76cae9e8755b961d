import type { Command, Option } from 'commander';
import type { ContractSettings, LoadedConfig } from '../config/index.ts';
import { appendPointer, findConfig } from '../core/index.ts';
import type { ConfigFlags } from './config.ts';

/** The configuration that a command line means, before it is parsed; `undefined` where there is none. */
export function configFileFor(argv: readonly string[], cwd: string): string | undefined {
  const { config } = configFlagsIn(argv);
  return config === false ? undefined : (config ?? findConfig(cwd));
}

function configFlagsIn(argv: readonly string[]): ConfigFlags {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const before = argv.slice(0, end);
  if (before.includes('--no-config')) return { config: false };
  const index = before.indexOf('--config');
  const joined = before.find((word) => word.startsWith('--config='));
  const file = index === -1 ? joined?.slice('--config='.length) : before[index + 1];
  return file === undefined ? {} : { config: file };
}

/** What the configuration says of a command, as the flags that would say it. Throws `ERR_CONFIG` for one that there is not. */
export function configArguments(
  command: Command,
  { config, refuse }: LoadedConfig,
  { allowHosts = [], overlays = [] }: ContractSettings['reading'],
): readonly string[] {
  const reading = [
    ...allowHosts.map((one) => `--allow-host=${one}`),
    ...overlays.map((one) => `--overlay=${String(one)}`),
  ];
  const own = Object.entries(config.mock ?? {}).flatMap(([name, value]) => {
    const options = command.options.filter((option) => option.attributeName() === name);
    if (options.length === 0) {
      throw refuse(
        appendPointer('/mock', name),
        'apidouble mock has no such flag',
        'See apidouble mock --help',
      );
    }
    return wordsOf(options, value);
  });
  return [...reading, ...own];
}

function wordsOf(options: readonly Option[], value: unknown): readonly string[] {
  const positive = options.find(({ negate }) => !negate);
  const negative = options.find(({ negate }) => negate);
  if (value === true) return positive?.long === undefined ? [] : [positive.long];
  // A flag that is off by default needs no word.
  if (value === false) return negative?.long === undefined ? [] : [negative.long];
  const long = positive?.long ?? '';
  if (Array.isArray(value)) return value.map((one) => `${long}=${String(one)}`);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, one]) => `${long}=${key}=${String(one)}`);
  }
  return [`${long}=${String(value)}`];
}
