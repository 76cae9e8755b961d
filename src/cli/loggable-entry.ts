import { HeaderList, noBody } from '../http/index.ts';
import type { ProxyEntry } from '../proxy/index.ts';
import { createRedactor, redactTarget, redactTold, type Secrets } from '../recording/index.ts';
import type { Log } from './request-log.ts';

type Entry = Parameters<Log['exchange']>[0];

/** Makes what the log takes of what the proxy tells: without secrets, unless there are to be none (`false`). */
export function createLoggable(secrets: Secrets | false, log: Log): (entry: ProxyEntry) => Entry {
  if (secrets === false) return whole;
  const redactor = createRedactor(secrets);
  return (entry) => {
    const told = whole(entry);
    const { request, response, findings, reason } = told;
    // Of most exchanges a line is told: that costs less than to look for secrets in their bodies.
    if (findings.length === 0 && !log.writes('trace'))
      return { ...told, request: { ...request, target: redactTarget(request.target, redactor) } };
    const { exchange, text } = redactTold({ request, response }, secrets);
    return {
      ...told,
      ...exchange,
      findings: findings.map((one) => ({ ...one, message: text(one.message) })),
      reason: reason.map(text),
    };
  };
}

const unanswered = { status: 0, headers: new HeaderList(), body: noBody };

function whole(entry: ProxyEntry): Entry {
  return { session: '', ...entry, response: entry.response ?? unanswered };
}
