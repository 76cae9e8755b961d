import { Command, type Option } from 'commander';
import { packageVersion } from '../core/index.ts';
import type { CheckFlags } from './check-flags.ts';
import { exitCodesHelp } from './exit-codes.ts';
import type { LearnFlags } from './learn-flags.ts';
import type { LintFlags } from './lint-flags.ts';
import type { MockFlags } from './mock-flags.ts';
import type { ProxyFlags } from './proxy-flags.ts';
import type { RecheckFlags } from './recheck-flags.ts';
import type { ReplayFlags } from './replay-flags.ts';
import type { Output } from './terminal.ts';
import type { VerifyFlags } from './verify-flags.ts';

/** What the commands do once their words are read. */
export interface Actions {
  mock(document: string | undefined, flags: MockFlags): Promise<void>;
  proxy(document: string | undefined, upstream: string | undefined, flags: ProxyFlags): Promise<void>;
  check(file: string, flags: CheckFlags): Promise<void>;
  replay(file: string, flags: ReplayFlags): Promise<void>;
  learn(file: string, flags: LearnFlags): Promise<void>;
  lint(documents: readonly string[], flags: LintFlags): Promise<void>;
  verify(document: string | undefined, flags: VerifyFlags): Promise<void>;
  recheck(report: string, id: string | undefined, flags: RecheckFlags): Promise<void>;
}

const mockExamples = `
Examples:
  apidouble mock openapi.yaml
  apidouble mock https://example.com/openapi.json --dynamic --seed 7
  apidouble mock openapi.yaml --port 0 --list none
  apidouble mock openapi.yaml --scenarios scenarios/ --fault 'status: 503, rate: 5%'
  cat openapi.yaml | apidouble mock -

One request overrides the flags with a header: Prefer: code=404, example=dog, dynamic=true, seed=abc, wait=1.5`;

const proxyExamples = `
Examples:
  apidouble proxy openapi.yaml http://127.0.0.1:8000
  apidouble proxy openapi.yaml http://127.0.0.1:8000 --record traffic.jsonl --reporter html=traffic.html
  apidouble proxy openapi.yaml https://api.example.com/v3 --errors
  apidouble proxy openapi.yaml http://127.0.0.1:8000 --mock-on down,501
  apidouble proxy --target stage

SIGUSR2 prints which operations and statuses were seen so far; GET /__apidouble/coverage gives them as JSON.`;

const checkExamples = `
Examples:
  apidouble check traffic.jsonl --document openapi.yaml
  apidouble check browser.har --document openapi.yaml --origin https://api.example.com --reporter junit=report.xml`;

const replayExamples = `
Examples:
  apidouble replay traffic.jsonl
  apidouble replay browser.har --document openapi.yaml --fill --origin https://api.example.com

A request gets what the same request got: method, path, query and body are compared.`;

const learnExamples = `
Examples:
  apidouble learn traffic.jsonl --document openapi.yaml --out learned
  apidouble mock openapi.yaml --stateful --fixtures learned/fixtures --overlay learned/examples.overlay.json`;

const lintExamples = `
Examples:
  apidouble lint openapi.yaml
  apidouble lint openapi.yaml --format github --fail-on warning

The shape of --format json:
  { documents: [{ document, readable, operations,
                  findings: [{ code, severity, message, file, line, column, pointer, expected, seen }] }],
    counts: { error, warning, information } }
line, column, pointer, expected and seen are absent where they are not known.`;

const verifyExamples = `
Examples:
  apidouble verify openapi.yaml --target http://127.0.0.1:8000 --auth token=s3cret
  apidouble verify openapi.yaml --target http://127.0.0.1:8000 --writes --reporter pretty --reporter junit=report.xml
  apidouble verify openapi.yaml --target http://127.0.0.1:8000 --include events_events_list --requests 200
  apidouble verify openapi.yaml --plan`;

const recheckExamples = `
Examples:
  apidouble verify openapi.yaml --target http://127.0.0.1:8000 --reporter json=report.json
  apidouble recheck report.json
  apidouble recheck report.json events_events_list/exchange/body --auth token=s3cret`;

/** What declares the flags of each command, loaded when they are asked for. */
const flagsOf = {
  mock: async () => (await import('./mock-flags.ts')).declareMockFlags,
  proxy: async () => (await import('./proxy-flags.ts')).declareProxyFlags,
  check: async () => (await import('./check-flags.ts')).declareCheckFlags,
  replay: async () => (await import('./replay-flags.ts')).declareReplayFlags,
  learn: async () => (await import('./learn-flags.ts')).declareLearnFlags,
  lint: async () => (await import('./lint-flags.ts')).declareLintFlags,
  verify: async () => (await import('./verify-flags.ts')).declareVerifyFlags,
  recheck: async () => (await import('./recheck-flags.ts')).declareRecheckFlags,
} as const;

/**
 * The parser of the whole command line. It throws commander's errors instead of leaving the process. Where one command is
 * `wanted`, the others have their names only: their flags are two hundred, and `mock` should not wait for them.
 */
export async function createProgram(actions: Actions, out: Output, wanted?: string): Promise<Command> {
  const program = new Command('apidouble')
    .description('A test double for any HTTP API, made from its OpenAPI document.')
    .version(packageVersion(), '--version', 'print the version')
    .helpCommand('help [command]', 'print how a command is used')
    .addHelpText('after', exitCodesHelp);
  settle(program, out);
  const declare = await declarer(program, out, wanted);
  const mock = declare('mock')
    .summary('serve a mock of the API that a document describes')
    .description('Serves a mock of the API that the document describes (Swagger 2.0, OpenAPI 3.0, 3.1, 3.2).')
    .argument('[document]', 'a file, a URL, or - for standard input; default: the one of the configuration')
    .addHelpText('after', `${mockExamples}\n${exitCodesHelp}`);
  mock.action((document: string | undefined, flags: MockFlags) => actions.mock(document, flags));
  addTraffic(declare, actions);
  const lint = declare('lint')
    .summary('list the faults of documents')
    .description('Lists the faults of documents with file, line and column.')
    .argument('<documents...>', 'files, URLs, or - for standard input')
    .addHelpText('after', `${lintExamples}\n${exitCodesHelp}`);
  lint.action((documents: string[], flags: LintFlags) => actions.lint(documents, flags));
  addVerify(declare, actions);
  return program;
}

type CommandName = keyof typeof flagsOf;

/** Adds a command by its name, with its flags where they are wanted. */
type Declare = (name: CommandName) => Command;

async function declarer(program: Command, out: Output, wanted: string | undefined): Promise<Declare> {
  const names = Object.keys(flagsOf) as CommandName[];
  const named = names.filter((name) => name === wanted);
  const loading = (named.length === 0 ? names : named).map(
    async (name) => [name, await flagsOf[name]()] as const,
  );
  const flags = new Map(await Promise.all(loading));
  return (name) => {
    const command = settle(program.command(name), out);
    return flags.get(name)?.(command) ?? command;
  };
}

/** The commands about traffic that others have with the real server. */
function addTraffic(declare: Declare, actions: Actions): void {
  declare('proxy')
    .summary('stand in front of a server and hold what passes to the document')
    .description('Passes everything on to a server, byte for byte, and tells what breaks the document.')
    .argument('[document]', 'a file, a URL, or - for standard input; default: the one of the configuration')
    .argument(
      '[upstream]',
      'the URL of the server, or its name in the configuration; default: the target of the configuration',
    )
    .addHelpText('after', `${proxyExamples}\n${exitCodesHelp}`)
    .action((document: string | undefined, upstream: string | undefined, flags: ProxyFlags) =>
      actions.proxy(document, upstream, flags),
    );
  declare('check')
    .summary('hold a recording to its document')
    .description('Judges a recording, or a HAR of a browser or another tool, with no server at all.')
    .argument('<recording>', 'what proxy --record wrote, or a HAR')
    .addHelpText('after', `${checkExamples}\n${exitCodesHelp}`)
    .action((file: string, flags: CheckFlags) => actions.check(file, flags));
  declare('replay')
    .summary('serve a recording')
    .description('Answers requests as they were answered when they were recorded.')
    .argument('<recording>', 'what proxy --record wrote, or a HAR')
    .addHelpText('after', `${replayExamples}\n${exitCodesHelp}`)
    .action((file: string, flags: ReplayFlags) => actions.replay(file, flags));
  declare('learn')
    .summary('make fixtures and examples of a recording')
    .description('Turns real traffic into things for a mock to begin with, and into named examples.')
    .argument('<recording>', 'what proxy --record wrote, or a HAR')
    .addHelpText('after', `${learnExamples}\n${exitCodesHelp}`)
    .action((file: string, flags: LearnFlags) => actions.learn(file, flags));
}

function addVerify(declare: Declare, actions: Actions): void {
  declare('verify')
    .summary('hold a server to its document')
    .description('Sends requests to a server and tells every promise of the document that it breaks.')
    .argument('[document]', 'a file, a URL, or - for standard input; default: the one of the configuration')
    .addHelpText('after', `${verifyExamples}\n${exitCodesHelp}`)
    .action((document: string | undefined, flags: VerifyFlags) => actions.verify(document, flags));
  declare('recheck')
    .summary('send the findings of a report again')
    .description('Sends the requests of findings again, and tells for each whether it still holds.')
    .argument('<report>', 'what --reporter json wrote')
    .argument('[id]', 'of one finding; default: all')
    .addHelpText('after', `${recheckExamples}\n${exitCodesHelp}`)
    .action((report: string, id: string | undefined, flags: RecheckFlags) =>
      actions.recheck(report, id, flags),
    );
}

/** `-h` is the host, as in Prism, so help has its long name only. */
function settle(command: Command, out: Output): Command {
  return command
    .helpOption('--help', 'print this')
    .allowExcessArguments(false)
    .exitOverride()
    .configureHelp({ optionDescription: withDefault })
    .configureOutput({ writeOut: out.write, writeErr: () => {} });
}

/** A default is worth reading where it is a value, not where it says that a flag is off. */
function withDefault({ description, defaultValue }: Option): string {
  const shown = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  return shown ? `${description} (${defaultValue})` : description;
}
