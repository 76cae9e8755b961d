import type { Facts } from '../scenario/index.ts';
import { createCall, readingOf } from './call.ts';
import type { Engine } from './engine.ts';
import { missText, type RememberedCall } from './expect-called.ts';
import type { JournalEntry, UnmatchedRequest } from './mock.ts';

/** Reads the requests of journal entries again: the journal keeps bytes, not what was understood of them. */
export function recallCalls(engine: Engine, entries: readonly JournalEntry[]): RememberedCall[] {
  return entries.map((entry) => ({ entry, facts: factsOf(engine, entry) }));
}

function factsOf(engine: Engine, { request }: JournalEntry): Facts {
  const call = createCall(request);
  call.match = engine.index.match(request.method, request.target);
  if (call.match.kind !== 'found' || call.match.operation.disabledBy !== undefined)
    return { request, values: { path: {}, query: {}, header: {}, cookie: {} }, body: undefined };
  const { values, body } = readingOf(call, engine.plan.compile(call.match.operation));
  return { request, values, body: body.present ? body.value : undefined };
}

/** The entries that met no operation, or none of the rules that stand for theirs. */
export function unmatchedOf(entries: readonly JournalEntry[]): UnmatchedRequest[] {
  return entries
    .filter(({ operation, near }) => operation === undefined || near !== undefined)
    .map((entry) => ({ entry, near: entry.near ?? [], explanation: explain(entry) }));
}

function explain({ operation, near, response }: JournalEntry): string[] {
  if (operation === undefined) return [detailOf(response.body)];
  return (near ?? []).flatMap(({ rule, misses }) => misses.map((miss) => `${rule}: ${missText(miss)}`));
}

/** What the mock's own refusal says. */
function detailOf(body: Uint8Array): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof value === 'object' && value !== null && 'detail' in value) return String(value.detail);
  } catch {
    // An answer to HEAD has no body.
  }
  return 'The document has no such operation.';
}
