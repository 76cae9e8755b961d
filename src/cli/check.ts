import { systemClock } from '../core/index.ts';
import { loadDocument } from '../document/index.ts';
import { createExchangeJudge, createTally, forgiveRedacted } from '../proxy/index.ts';
import { eachExchange, type RecordedExchange } from '../recording/index.ts';
import type { CheckFlags } from './check-flags.ts';
import { loadOptions } from './document-source.ts';
import type { ExitCode } from './exit-codes.ts';
import { concludeTraffic } from './report-traffic.ts';
import type { Terminal } from './terminal.ts';

/** `apidouble check`: holds a recording to a document, with no server at all. Throws what keeps it from reading either. */
export async function runCheck(file: string, flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  const startedAt = systemClock.now();
  const document = await loadDocument(flags.document, { ...loadOptions(flags), stdin: terminal.input });
  const judge = createExchangeJudge(document, { requests: flags.validateRequest });
  const tally = createTally(document);
  const isWanted = ofOrigins(flags.origin);
  let others = 0;
  const notes = await eachExchange(file, (recorded) => {
    const { exchange } = recorded;
    if (isWanted(recorded)) tally.add(forgiveRedacted(judge.judge(recorded), exchange), exchange);
    else others += 1;
  });
  return concludeTraffic({
    document,
    traffic: tally.traffic(),
    target: file,
    startedAt,
    seconds: Math.round(systemClock.now() - startedAt) / 1000,
    notes: others === 0 ? notes : [...notes, `${others} exchanges with other servers were left out.`],
    flags: { ...flags, reporter: flags.reporter ?? ['pretty'] },
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
