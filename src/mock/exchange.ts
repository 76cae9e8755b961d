import { stopwatch, systemClock } from '../core/index.ts';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import { createCall, giveReason } from './call.ts';
import { finish, refuseWish } from './finish.ts';
import type { House } from './house.ts';
import type { JournalEntry, MockOptions } from './mock.ts';
import { faultResponse } from './respond.ts';

/** Answers a request, writes the exchange down, and sends the callbacks that follow it. It never rejects. */
export async function exchange(
  { engine, settings, journal, callbacks }: House,
  request: HttpRequest,
  observer: MockOptions['onExchange'],
): Promise<HttpResponse> {
  const started = stopwatch();
  const call = createCall(request);
  let answer: HttpResponse;
  // One turn of the event loop's jobs less than in a function of its own, and this runs for every request.
  try {
    answer = call.wish.fault === undefined ? await engine.backend.handle(call) : refuseWish(call.wish.fault);
  } catch (fault) {
    giveReason(call, ['status 500: the operation cannot be answered']);
    answer = faultResponse(fault);
  }
  const response = finish(engine, settings, call, answer);
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
