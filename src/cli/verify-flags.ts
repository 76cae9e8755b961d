import { type Command, Option } from 'commander';
import type { Capability } from '../contract/index.ts';
import { type ConfigFlags, declareConfig } from './config-flags.ts';
import { collect, namedValue, oneOf, refuseOption, wholeNumber } from './option-values.ts';

/** What `--without` takes. */
export const capabilities = ['lifecycle', 'paging', 'filters', 'credentials', 'concurrency'] as const;

/** The flags that say who sends requests, and how they travel. */
export interface RequestFlags extends ConfigFlags {
  readonly header?: readonly string[];
  readonly auth?: Readonly<Record<string, string>>;
  readonly tokenCommand?: string;
  readonly timeout?: number;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
}

/** The flags of `apidouble verify`, read and checked. */
export interface VerifyFlags extends RequestFlags {
  readonly target?: string;
  /** What stands after `--as`: the second identity's own. */
  readonly second?: { readonly header?: readonly string[]; readonly auth?: Readonly<Record<string, string>> };
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly without?: readonly Capability[];
  readonly writes?: boolean;
  readonly leaveBehind?: boolean;
  readonly cleanUp?: boolean;
  readonly allowWritesTo?: readonly string[];
  readonly exampleData?: string;
  readonly seed?: string;
  readonly requests?: number;
  readonly time?: number;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly reporter?: readonly string[];
  readonly baseline?: string;
  readonly engineOpinion?: boolean;
  readonly plan: boolean;
  readonly failOn?: 'must' | 'should';
  readonly maxInconclusive?: number;
}

/** Declares the flags of `apidouble verify`. */
export function declareVerifyFlags(command: Command): Command {
  command
    .optionsGroup('Target:')
    .option(
      '--target <url>',
      'the server to verify, or its name in the configuration; a path replaces the base path of the document',
    );
  declareRequestFlags(command);
  const identities = twoIdentities();
  command
    .addOption(new Option('--as <name>', 'what follows, --header and --auth, is of a second identity'))
    .on('option:as', identities.begin);
  for (const name of ['header', 'auth'] as const) {
    command.on(`option:${name}`, (text: string) => {
      const second = identities.take(name, text);
      if (second === undefined) return;
      command.setOptionValue('second', second);
      command.setOptionValue(name, identities.before(name));
    });
  }
  declareChoice(command);
  declareBudget(command);
  declareVerdict(command);
  return command;
}

/** Declares what `verify` and `recheck` have in common. */
export function declareRequestFlags(command: Command): Command {
  command
    .option('--header <field>', "sent with every request: 'Name: value'; may be repeated", header)
    .option(
      '--auth <scheme=value>',
      'the credential of a security scheme; may be repeated; also APIDOUBLE_AUTH_<SCHEME>',
      namedValue('--auth'),
    )
    .option(
      '--token-command <command>',
      'its first line of output is the token of every scheme without --auth; run again after a 401',
    )
    .option('--timeout <milliseconds>', 'for one exchange (10000)', wholeNumber('--timeout', 1, 600_000))
    .option('--ca <file>', 'an authority (PEM) to trust')
    .option('--cert <file>', 'client certificate (PEM)')
    .option('--key <file>', 'private key (PEM) of the client certificate')
    .option('--insecure', 'take any certificate')
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect)
    .option('--allow-host <host>', 'a host that references may be read from; may be repeated', collect);
  return declareConfig(command);
}

function declareChoice(command: Command): void {
  command
    .optionsGroup('What is verified:')
    .option(
      '--include <glob>',
      'only these: METHOD path, operationId, tag, check or id; may be repeated',
      collect,
    )
    .option('--exclude <glob>', 'not these; may be repeated', collect)
    .option('--writes', 'send other requests than GET, HEAD and OPTIONS too')
    .option(
      '--allow-writes-to <host>',
      'a host of the configuration that may be written to; may be repeated',
      collect,
    )
    .option('--leave-behind', 'make things too that cannot be removed again')
    .option('--clean-up', 'first remove what a killed run has left')
    .option('--example-data <file>', 'values that the server knows (YAML or JSON), for valid values and ids')
    .option(
      '--without <capabilities>',
      `what the target cannot do: ${capabilities.join(', ')}; may be repeated`,
      without,
    )
    .option('--plan', 'print what would be verified and what was inferred, and send nothing', false);
}

function declareBudget(command: Command): void {
  command
    .optionsGroup('Budget:')
    .option('--seed <text>', 'the same seed sends the same values')
    .option('--requests <number>', 'requests, at most', wholeNumber('--requests', 1, 10_000_000))
    .option('--time <seconds>', 'seconds, at most', wholeNumber('--time', 1, 86_400))
    .option('--concurrency <number>', 'requests at a time (4)', wholeNumber('--concurrency', 1, 64))
    .option('--rate <number>', 'requests a second, at most', wholeNumber('--rate', 1, 100_000));
}

function declareVerdict(command: Command): void {
  command
    .optionsGroup('Verdict:')
    .option('--reporter <name[=file]>', 'how to report (pretty); may be repeated', collect)
    .option('--engine-opinion', 'ask Prism about each finding too (on)')
    .option('--no-engine-opinion', 'do not ask Prism')
    .option('--baseline <file>', 'findings to bear with (YAML or JSON): id, reason, expires')
    .option(
      '--fail-on <grade>',
      'the mildest finding that ends with exit code 1: must or should (must)',
      oneOf('--fail-on', ['must', 'should']),
    )
    .option(
      '--max-inconclusive <share>',
      'of all that is tried, from 0 to 1; more is exit code 3 (0.2)',
      share,
    );
}

function header(text: string, earlier?: readonly string[]): readonly string[] {
  if (/^[!#$%&'*+\-.^_`|~\w]+:/.test(text)) return collect(text, earlier);
  throw refuseOption('--header', text, "it is no header field. Write it as --header 'Name: value'.");
}

function without(text: string, earlier: readonly Capability[] = []): readonly Capability[] {
  const words = text.split(',').map((word) => oneOf('--without', capabilities)(word.trim()));
  return [...earlier, ...words];
}

function share(text: string): number {
  const value = /^(?:0|1|[01]?\.\d{1,6})$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw refuseOption('--max-inconclusive', text, 'it is not a share from 0 to 1. Give one such as 0.2.');
}

type Second = NonNullable<VerifyFlags['second']>;
type Kept = { header?: readonly string[] | undefined; auth?: Readonly<Record<string, string>> | undefined };

/** Flags belong to the identity that was begun last, so their order on the line counts. */
function twoIdentities(): {
  begin(): void;
  take(name: 'header' | 'auth', text: string): Second | undefined;
  before(name: 'header' | 'auth'): unknown;
} {
  const [first, second]: [Kept, Kept] = [{}, {}];
  let current = first;
  return {
    begin: () => {
      current = second;
    },
    take(name, text) {
      if (name === 'header') current.header = header(text, current.header);
      else current.auth = namedValue('--auth')(text, current.auth);
      return current === second ? { ...definedOf(second) } : undefined;
    },
    before: (name) => first[name],
  };
}

function definedOf({ header: fields, auth }: Kept): Second {
  return { ...(fields === undefined ? {} : { header: fields }), ...(auth === undefined ? {} : { auth }) };
}
