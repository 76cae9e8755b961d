import { type Command, Option } from 'commander';
import type { DataSource } from '../mock/index.ts';
import type { Correction } from '../plan/index.ts';
import { type ConfigFlags, declareConfig } from './config-flags.ts';
import { bytes, collect, dateTime, namedValue, oneOf, wholeNumber } from './option-values.ts';
import {
  type AdminFlags,
  declareAdmin,
  declareLog,
  declareServing,
  type ServingFlags,
} from './serving-flags.ts';

/** The flags of `apidouble mock`, read and checked. */
export interface MockFlags extends ServingFlags, AdminFlags, ConfigFlags {
  readonly errors: boolean;
  readonly stateful?: boolean;
  readonly seedData?: number;
  readonly fixtures?: readonly string[];
  readonly multiprocess: boolean;
  readonly source: DataSource;
  readonly seed?: string;
  readonly now?: string;
  readonly ignoreExamples: boolean;
  readonly fillProperties: boolean;
  readonly validateRequest: boolean;
  readonly explain: boolean;
  readonly locale?: string;
  readonly credential?: Readonly<Record<string, string>>;
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
  /** No flag: what the configuration says of operations. */
  readonly corrections?: Readonly<Record<string, Correction>>;
  /** Absent: on in a terminal. */
  readonly watch?: boolean;
  readonly bodyLimit?: number;
  readonly journal?: number;
  readonly scenarios?: readonly string[];
  /** As written: words of a fault in a scenario file. */
  readonly fault?: readonly string[];
  /** Absent: `short` in a terminal, else `all`. */
  readonly list?: 'all' | 'short' | 'none';
}

/** Declares the flags of `apidouble mock`. Prism's keep their names, letters and defaults. */
export function declareMockFlags(command: Command): Command {
  declareServerFlags(command);
  declareAnswerFlags(command);
  declareStateFlags(command);
  declareRequestFlags(command);
  declareScenarioFlags(command);
  declareOutputFlags(command);
  return command;
}

function declareServerFlags(command: Command): void {
  declareAdmin(declareServing(command.optionsGroup('Server:'), 'answer preflights and send CORS headers'))
    .option('-m, --multiprocess', 'serve with one process per processor', false)
    .option('--body-limit <bytes>', 'largest request body, such as 500kb (10MB)', bytes('--body-limit'))
    .option('--journal <number>', 'exchanges to remember (1000)', wholeNumber('--journal', 0, 1_000_000));
  hide(command, '--no-multiprocess');
}

function declareAnswerFlags(command: Command): void {
  command
    .optionsGroup('Answers:')
    .option('-d, --dynamic', 'always generate, never use the examples of the document')
    .option('--static', "an example, else Prism's static values; of --static and --dynamic the later wins")
    .option('--seed <text>', 'the same seed gives the same answers; pins the clock too')
    .option('--now <date-time>', 'the time that the mock believes it is', dateTime('--now'))
    .option('--ignore-examples', 'never use the examples of the document', false)
    .option('--fill-properties', 'write optional properties too', true)
    .option('--no-fill-properties', 'leave optional properties out now and then')
    .option('--locale <name>', 'language of generated values, such as de or pt_BR (en)')
    .option('--explain', 'say in the header apidouble-reason why this answer was chosen', false)
    .option('--errors', 'answer 500 to whatever breaks the document', false);
  for (const flag of ['--no-dynamic', '--no-static', '--no-ignore-examples', '--no-explain', '--no-errors']) {
    hide(command, flag);
  }
  const source = (value: DataSource) => () => command.setOptionValue('source', value);
  command.setOptionValueWithSource('source', 'example', 'default');
  command.on('option:dynamic', source('dynamic')).on('option:static', source('static'));
  command.on('option:no-dynamic', source('example')).on('option:no-static', source('example'));
}

function declareStateFlags(command: Command): void {
  command
    .optionsGroup('State:')
    .option('--stateful', 'keep what is created: read, list, change and delete it')
    .option('--no-stateful', 'keep nothing (the default)')
    .option(
      '--seed-data <number>',
      'generated things that each collection begins with; keeps state',
      wholeNumber('--seed-data', 0, 100_000),
    )
    .option(
      '--fixtures <path>',
      'a file or folder with things that collections begin with; keeps state; may be repeated',
      collect,
    );
}

function declareRequestFlags(command: Command): void {
  command
    .optionsGroup('Requests:')
    .option('--no-validate-request', 'accept requests that break the document')
    .option(
      '--credential <scheme=value>',
      'the one credential that this security scheme accepts; may be repeated',
      namedValue('--credential'),
    )
    .option(
      '--allow-host <host>',
      'a host that references may be read from and callbacks sent to; may be repeated',
      collect,
    );
  hide(command, '--validate-request');
}

function declareScenarioFlags(command: Command): void {
  command
    .optionsGroup('Scenarios:')
    .option('--scenarios <path>', 'scenarios: a file, or a folder of them; may be repeated', collect)
    .option(
      '--fault <words>',
      'a fault as in a scenario file, such as "status: 503, rate: 5%"; may be repeated',
      collect,
    );
}

function declareOutputFlags(command: Command): void {
  command
    .optionsGroup('Output:')
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect)
    .option('--watch', 'take up changes of the document and its overlays (on in a terminal)')
    .option('--no-watch', 'read the document once')
    .option(
      '--list <how-many>',
      'operations to print: all, short or none',
      oneOf('--list', ['all', 'short', 'none']),
    );
  declareConfig(declareLog(command));
}

/** The twin of a flag that Prism's parser accepts and nobody needs to read about. */
function hide(command: Command, flag: string): void {
  command.addOption(new Option(flag).hideHelp());
}
