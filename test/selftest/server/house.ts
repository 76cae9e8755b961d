import { type Node, node } from '../document.ts';
import { json, text } from './answer.ts';
import { isAmong } from './book-list.ts';
import type { Handler } from './call.ts';
import { shelves } from './seed.ts';

const status = {
  state: 'open',
  since: '2024-01-01T08:00:00Z',
  uptime: 86_400,
  version: '1.4.2',
  address: '192.0.2.7',
  contact: 'desk@example.org',
  homepage: 'https://room.example.org/',
} as const;

/** The state of the house, in the media type that was negotiated. */
export const getStatus: Handler = (call) => {
  const mediaType = String(call.values.get('accepted'));
  const fields = { 'Content-Type': mediaType, 'Cache-Control': 'max-age=5' };
  if (mediaType === 'text/plain') return text(200, status.state, fields);
  if (mediaType === 'application/json') return json(200, status, fields);
  const { uptime, ...elements } = status;
  const inner = Object.entries(elements).map(([name, value]) => `<${name}>${value}</${name}>`);
  return text(200, `<status uptime="${uptime}">${inner.join('')}</status>`, fields);
};

/** The shelves in some bays of some aisles of a floor that pass every filter. */
export const findShelves: Handler = (call) => {
  const value = (place: string): unknown => call.values.get(place);
  const found = shelves.filter((shelf) => isThere(shelf, value) && isAsWanted(shelf, value));
  const offset = Number(value('query.offset'));
  const page = found.slice(offset, offset + Number(value('query.limit')));
  const inches = value('cookie.units') === 'inch';
  const items = inches ? page.map((shelf) => ({ ...shelf, height: Number(shelf.height) / 2.54 })) : page;
  return json(200, { total: found.length, items });
};

type Value = (place: string) => unknown;

function isThere(shelf: Node, value: Value): boolean {
  const { from, to } = node(value('path.bays'));
  const bay = Number(shelf.bay);
  if (shelf.floor !== value('path.floor') || bay < Number(from) || bay > Number(to)) return false;
  return isAmong([shelf.aisle], value('path.aisles'));
}

function isAsWanted(shelf: Node, value: Value): boolean {
  const { height = 0, depth = 0 } = node(value('query.box'));
  const { free = 0, damaged } = node(value('query.state'));
  const { colour, gloss } = node(value('header.X-Paint'));
  const paint = node(shelf.paint);
  if (!isAmong([shelf.width], value('query.width'))) return false;
  if (!isAmong([shelf.material], value('query.material'))) return false;
  if (!isAmong([shelf.depth], value('header.X-Depths'))) return false;
  if (Number(shelf.height) < Number(height) || Number(shelf.depth) < Number(depth)) return false;
  if (Number(shelf.free) < Number(free)) return false;
  if (damaged !== undefined && shelf.damaged !== damaged) return false;
  return isAmong([paint.colour], colour) && isAmong([paint.gloss], gloss);
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export const readFeed: Handler = (call) => {
  const after = Number(call.values.get('header.Last-Event-ID') ?? 0);
  const topic = call.values.get('query.topic');
  const events = call.room
    .seen()
    .events.filter((event) => event.id > after && isAmong([event.topic], topic))
    .map((event) => `id: ${event.id}\nevent: ${event.topic}\ndata: ${event.text}\n\n`);
  return text(200, events.join(''), { 'Content-Type': 'text/event-stream' });
};
