import { stopwatch, systemClock } from '../core/index.ts';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import { answer } from './answer.ts';
import { createCall } from './call.ts';
import type { House } from './house.ts';
import type { JournalEntry, MockOptions } from './mock.ts';

/** Answers a request, writes the exchange down, and sends the callbacks that follow it. It never rejects. */
export async function exchange(
  { engine, settings, journal, callbacks }: House,
  request: HttpRequest,
  observer: MockOptions['onExchange'],
): Promise<HttpResponse> {
  const started = stopwatch();
  const call = createCall(request);
  const response = await answer(engine, settings, call);
  const entry: JournalEntry = {
    id: journal.nextId(),
    time: systemClock.now(),
    milliseconds: stopwatch() - started,
    operation: call.operation?.key,
    request,
    response,
    findings: call.findings,
    session: call.session,
    scenario: call.played?.scenario,
    near: call.played?.near,
    reason: call.reason,
  };
  journal.add(entry);
  callbacks.afterAnswer(engine, call, response);
  tell(observer, entry);
  return response;
}

/** An observer that fails must not take the answer with it. */
function tell(observer: MockOptions['onExchange'], entry: JournalEntry): void {
  try {
    observer?.(entry);
  } catch {
    // It is the observer's to say so.
  }
}
