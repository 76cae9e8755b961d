import type { HeaderList } from '../../http/index.ts';
import { bodyText } from '../../recording/index.ts';
import type { JournalEntry } from '../mock.ts';

/** A journal entry as the admin pages show it. */
export function exchangeJson(entry: JournalEntry): object {
  const { id, time, milliseconds, operation, session, scenario, request, response, findings, reason } = entry;
  return {
    id,
    time: new Date(time).toISOString(),
    milliseconds,
    session,
    ...(operation === undefined ? {} : { operation }),
    ...(scenario === undefined ? {} : { scenario }),
    request: { method: request.method, target: request.target, ...messageJson(request) },
    response: { status: response.status, ...messageJson(response) },
    ...(entry.bodiesCut === undefined ? {} : { bodiesCut: true }),
    findings,
    reason,
  };
}

function messageJson({ headers, body }: { readonly headers: HeaderList; readonly body: Uint8Array }): object {
  return { headers: [...headers], body: bodyText(body) };
}
