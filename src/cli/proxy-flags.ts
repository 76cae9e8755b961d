import { type Command, Option } from 'commander';
import type { FallbackCase } from '../proxy/index.ts';
import { type ConfigFlags, declareConfig } from './config-flags.ts';
import { bytes, collect, oneOf, refuseOption, wholeNumber } from './option-values.ts';
import {
  type AdminFlags,
  declareAdmin,
  declareLog,
  declareServing,
  type ServingFlags,
} from './serving-flags.ts';

/** The flags that say how traffic is judged and reported; `check` has them too. */
export interface TrafficFlags extends ConfigFlags {
  readonly reporter?: readonly string[];
  readonly engineOpinion?: boolean;
  readonly baseline?: string;
  readonly failOn?: 'must' | 'should';
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
  readonly validateRequest: boolean;
}

/** The flags of `apidouble proxy`, read and checked. */
export interface ProxyFlags extends TrafficFlags, ServingFlags, AdminFlags {
  readonly target?: string;
  readonly errors: boolean;
  readonly violationsHeader: boolean;
  readonly judgeLimit?: number;
  readonly multiprocess: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly upstreamProxy?: string;
  readonly timeout?: number;
  readonly mockOn?: readonly FallbackCase[];
  readonly record?: string;
  /** `--no-redact`. */
  readonly redact: boolean;
  /** `--no-coverage`. */
  readonly coverage: boolean;
}

/** Declares the flags of `apidouble proxy`. Prism's keep their names, letters and defaults. */
export function declareProxyFlags(command: Command): Command {
  declareServer(command);
  declareUpstream(command);
  declareJudging(command);
  declareRecording(command);
  declareReport(command);
  return command;
}

function declareServer(command: Command): void {
  declareAdmin(
    declareServing(
      command.optionsGroup('Server:'),
      'add CORS headers, and answer preflights, where the upstream does not',
    ),
  )
    .addOption(new Option('-m, --multiprocess').default(false).hideHelp())
    .addOption(new Option('--no-multiprocess').hideHelp());
}

function declareUpstream(command: Command): void {
  command
    .optionsGroup('Upstream:')
    .option('--target <url>', 'the server, or its name in the configuration, where it is no argument')
    .option('--ca <file>', 'an authority (PEM) to trust')
    .option('--cert <file>', 'client certificate (PEM)')
    .option('--key <file>', 'private key (PEM) of the client certificate')
    .option('--insecure', 'take any certificate')
    .option('--upstream-proxy <url>', 'reach the upstream through a proxy; also HTTPS_PROXY, NO_PROXY')
    .option(
      '--timeout <milliseconds>',
      'to wait for the head of an answer (60000)',
      wholeNumber('--timeout', 1, 3_600_000),
    )
    .option(
      '--mock-on <cases>',
      'answer from the mock when the upstream is down, or answers a status: down,501',
      mockOn,
    );
}

function declareJudging(command: Command): void {
  command
    .optionsGroup('Judging:')
    .option('--validate-request', 'judge requests too', true)
    .option('--no-validate-request', 'judge answers only')
    .option('--errors', 'refuse whatever breaks the document: requests with a 4xx, answers with a 500', false)
    .option('--violations-header', 'tell findings in the header sl-violations; holds answers for it', false)
    .option(
      '--judge-limit <bytes>',
      'longest body that is judged, such as 500kb (10MB)',
      bytes('--judge-limit'),
    )
    .addOption(new Option('--no-errors').hideHelp())
    .addOption(new Option('--no-violations-header').hideHelp());
}

function declareRecording(command: Command): void {
  command
    .optionsGroup('Recording:')
    .option('--record <file>', 'write exchanges down: .jsonl (outlives a kill) or .har (written at the end)')
    .option('--no-redact', 'record and log credentials and other secrets as they are');
}

function declareReport(command: Command): void {
  command
    .optionsGroup('Report:')
    .option('--reporter <name[=file]>', 'report when it ends, as verify does; may be repeated', collect)
    .option('--no-coverage', 'do not print at the end which operations were seen')
    .option('--fail-on <grade>', 'end with exit code 1 where a finding is a must, or a should', failOn);
  declareTraffic(command);
  declareConfig(declareLog(command));
}

/** Reads `--fail-on`. */
export const failOn: (text: string) => 'must' | 'should' = oneOf('--fail-on', ['must', 'should']);

/** Declares what `proxy` and `check` have in common. */
export function declareTraffic(command: Command): void {
  command
    .option('--engine-opinion', 'ask Prism about each finding of the report too (on)')
    .option('--no-engine-opinion', 'do not ask Prism')
    .option('--baseline <file>', 'findings to bear with (YAML or JSON): id, reason, expires')
    .option('--allow-host <host>', 'a host that references may be read from; may be repeated', collect)
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect);
}

function mockOn(text: string): readonly FallbackCase[] {
  return text.split(',').map((word) => {
    const one = word.trim();
    if (one === 'down') return 'down';
    if (/^[2-5]\d\d$/.test(one)) return Number(one);
    throw refuseOption('--mock-on', text, `"${one}" is neither down nor a status. Write it as down,501.`);
  });
}
