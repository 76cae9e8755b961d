import { type ContractSettings, holdToDocument, readExampleData } from '../config/index.ts';
import { type ContractIdentity, type ContractOptions, mergeExampleData } from '../contract/index.ts';
import type { ApiDocument } from '../document/index.ts';
import { refuseOption } from './option-values.ts';
import { headersOf, httpOf, identityOf } from './request-options.ts';
import type { VerifyFlags } from './verify-flags.ts';

interface Place {
  readonly document: ApiDocument;
  readonly signal: AbortSignal;
}

/** The options of a run: flags win over the configuration. Throws `ERR_OPTION` where they cannot be used together. */
export async function verifyOptions(
  flags: VerifyFlags,
  settings: ContractSettings,
  { document, signal }: Place,
): Promise<ContractOptions> {
  const { options: configured } = settings;
  const { target } = configured;
  if (target === undefined) {
    throw refuseOption(
      '--target',
      '',
      'it is missing. Name the server, such as --target http://127.0.0.1:8000.',
    );
  }
  const { seed, concurrency, rate, timeout, without, requests, time, writes, leaveBehind, cleanUp } = flags;
  const { include, exclude, engineOpinion = configured.engineOpinion ?? true } = flags;
  const own = { seed, concurrency, rate, timeout, without, writes, leaveBehind, cleanUp, include, exclude };
  const budget = { ...configured.budget, ...defined({ requests, seconds: time }) };
  const options: ContractOptions = {
    ...configured,
    ...defined(own),
    ...identityOf(flags, configured, document),
    ...secondOf(flags, configured.second),
    ...(await exampleDataOf(flags, configured, document)),
    document,
    signal,
    target,
    budget,
    engineOpinion,
    http: await httpOf(flags, configured.http),
    ...(configured.allowWritesTo === undefined
      ? {}
      : { allowWritesTo: [...configured.allowWritesTo, ...(flags.allowWritesTo ?? [])] }),
  };
  if (options.cleanUp === true && options.writes !== true) {
    throw refuseOption('--clean-up', '', 'it removes things, and writes are off. Give --writes too.');
  }
  return options;
}

/** The members that are there. */
export function defined<Options extends object>(
  options: Options,
): {
  [Key in keyof Options]?: Exclude<Options[Key], undefined>;
} {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

/** Every credential that is known before a run, for what is written while it goes on. */
export function secretsOf({ auth, headers, second }: ContractOptions): readonly string[] {
  const identities: readonly ContractIdentity[] = [
    { auth: auth ?? {}, headers: headers ?? {} },
    second ?? {},
  ];
  return identities.flatMap((one) => [...Object.values(one.auth ?? {}), ...Object.values(one.headers ?? {})]);
}

function secondOf(
  { second }: VerifyFlags,
  configured: ContractIdentity | undefined,
): Pick<ContractOptions, 'second'> {
  if (second === undefined) return configured === undefined ? {} : { second: configured };
  const { auth, header = [] } = second;
  return {
    second: {
      ...configured,
      auth: { ...configured?.auth, ...auth },
      headers: { ...configured?.headers, ...headersOf(header) },
    },
  };
}

async function exampleDataOf(
  { exampleData: file }: VerifyFlags,
  { exampleData: configured }: Partial<ContractOptions>,
  document: ApiDocument,
): Promise<Pick<ContractOptions, 'exampleData'>> {
  const given = file === undefined ? undefined : await readExampleData(file, process.cwd());
  if (given === undefined && configured === undefined) return {};
  const data = mergeExampleData(configured, given);
  holdToDocument(data, document);
  return { exampleData: data };
}
