import type { WireFault } from '../codec.ts';
import { stringifyJson } from './json.ts';

/** One event of `text/event-stream` as 3.2 sees it. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: unknown;
  readonly id?: string;
  readonly retry?: number;
}

/**
 * Reads the events of a stream. A block without `data` is no event (comments, a `retry` alone). A stream that stops
 * inside an event is a fault, and the event is given all the same.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function readEvents(text: string, faults: WireFault[]): StreamEvent[] {
  const lines = text.split(/\r\n|\n|\r/);
  const events: StreamEvent[] = [];
  let fields = new Map<string, string>();
  const close = (): void => {
    if (fields.has('data')) events.push(eventOf(fields));
    fields = new Map();
  };
  for (const line of lines) {
    if (line === '') close();
    else addField(fields, line);
  }
  if (lines.at(-1) !== '' || fields.size > 0) faults.push(cutShort);
  close();
  return events;
}

const cutShort: WireFault = {
  code: 'body.malformed',
  message: 'stops inside an event: expected an empty line, saw the end of the stream',
  expected: 'an empty line',
  seen: 'the end of the stream',
};

const known: ReadonlySet<string> = new Set(['event', 'data', 'id', 'retry']);

function addField(fields: Map<string, string>, line: string): void {
  const at = line.indexOf(':');
  const name = at === -1 ? line : line.slice(0, at);
  if (!known.has(name)) return;
  const rest = at === -1 ? '' : line.slice(at + 1);
  const value = rest.startsWith(' ') ? rest.slice(1) : rest;
  if (name === 'id' && value.includes('\0')) return;
  if (name === 'retry' && !/^\d{1,15}$/.test(value)) return;
  const before = name === 'data' ? fields.get('data') : undefined;
  fields.set(name, before === undefined ? value : `${before}\n${value}`);
}

function eventOf(fields: ReadonlyMap<string, string>): StreamEvent {
  const event = fields.get('event');
  const id = fields.get('id');
  const retry = fields.get('retry');
  return {
    ...(event === undefined ? {} : { event }),
    data: fields.get('data') ?? '',
    ...(id === undefined ? {} : { id }),
    ...(retry === undefined ? {} : { retry: Number(retry) }),
  };
}

/** Writes one event with the empty line that ends it. Data that is no text is written as JSON. */
export function writeEvent(event: Readonly<Record<string, unknown>>): string {
  const data = typeof event.data === 'string' ? event.data : stringifyJson(event.data);
  let text = '';
  for (const name of ['event', 'id', 'retry']) {
    if (event[name] !== undefined) text += `${name}: ${String(event[name])}\n`;
  }
  for (const line of data.split('\n')) text += `data: ${line}\n`;
  return `${text}\n`;
}
