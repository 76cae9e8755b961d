import { baselineIn, type LoadedConfig, secretsIn } from '../config/index.ts';
import { counted, environment, systemClock } from '../core/index.ts';
import { createExchangeJudge, createTally, forgiveRedacted } from '../proxy/index.ts';
import { eachExchange, type RecordedExchange } from '../recording/index.ts';
import type { CheckFlags } from './check-flags.ts';
import { loadNamed } from './config.ts';
import type { ExitCode } from './exit-codes.ts';
import { concludeTraffic } from './report-traffic.ts';
import type { Terminal } from './terminal.ts';

/** What stands on the command line, and what the configuration says. */
export interface CheckCommand {
  readonly file: string;
  readonly flags: CheckFlags;
  readonly loaded: LoadedConfig | undefined;
}

/** `apidouble check`: holds a recording to a document, with no server at all. Throws what keeps it from reading either. */
export async function runCheck({ file, flags, loaded }: CheckCommand, terminal: Terminal): Promise<ExitCode> {
  const startedAt = systemClock.now();
  const document = await loadNamed(flags.document, { flags, loaded, terminal });
  const judge = createExchangeJudge(document, { requests: flags.validateRequest });
  const tally = createTally(document);
  const isWanted = ofOrigins(flags.origin);
  let others = 0;
  const notes = await eachExchange(file, (recorded) => {
    const { exchange } = recorded;
    if (isWanted(recorded)) tally.add(forgiveRedacted(judge.judge(recorded), recorded), exchange);
    else others += 1;
  });
  return concludeTraffic({
    document,
    traffic: tally.traffic(),
    target: file,
    source: 'recording',
    secrets: secretsIn(loaded, environment()),
    baseline: baselineIn(loaded),
    startedAt,
    seconds: Math.round(systemClock.now() - startedAt) / 1000,
    notes: others === 0 ? notes : [...notes, `${counted(others, 'exchange')} with other servers left out.`],
    flags,
    loaded,
    usual: { reporters: ['pretty'], failOn: 'must' },
    terminal,
  });
}

/** Tells whether an exchange was had with one of these servers; with any where none is named. */
export function ofOrigins(origins: readonly string[] | undefined): (recorded: RecordedExchange) => boolean {
  if (origins === undefined) return () => true;
  return ({ exchange }) => {
    const { origin } = exchange.request;
    return URL.canParse(origin) && origins.includes(new URL(origin).origin);
  };
}
