import { createHash } from 'node:crypto';
import type { Node } from '../document.ts';
import { seedBooks, seedNotes } from './seed.ts';

/** Something that happened. */
export interface FeedEvent {
  readonly id: number;
  readonly topic: 'books' | 'notes';
  readonly text: string;
}

/** Everything that the server remembers. The values are never changed, only replaced. */
export interface State {
  readonly books: Map<string, Node>;
  readonly notes: Map<number, StoredNote>;
  readonly events: FeedEvent[];
}

/** A note, and the book it is on, which it does not show. */
export interface StoredNote {
  readonly bookId: string;
  readonly value: Node;
}

/** The state with what is needed to change it. */
export interface Room {
  state: State;
  /** What a reader sees: the state, or an older one where the room lags. */
  readonly seen: () => State;
  /** Called after each change, so that a lagging room knows when it was. */
  readonly changed: () => void;
  readonly counters: { book: number; note: number; second: number };
  readonly nextBookId: () => string;
  /** A date-time; each is a second after the one before. */
  readonly now: () => string;
}

export interface RoomOptions {
  /** Nothing is there at the start. */
  readonly empty?: boolean;
  /** Makes the id of a book. Default: by counting. */
  readonly newBookId?: () => string;
  /** Milliseconds until readers see a change. */
  readonly lag?: number;
}

/** The id of the nth book. */
export function bookIdOf(count: number): string {
  const hex = count.toString(16);
  return `${hex.padStart(8, '0')}-0000-4000-8000-${hex.padStart(12, '0')}`;
}

/** Makes a room as it is before anybody came. */
export function createRoom(options: RoomOptions = {}): Room {
  const counters = { book: 0, note: 0, second: 0 };
  const room: Room = {
    state: { books: new Map(), notes: new Map(), events: [] },
    seen: () => room.state,
    changed: () => {},
    counters,
    nextBookId: options.newBookId ?? (() => bookIdOf(++counters.book)),
    now: () => new Date(Date.UTC(2024, 0, 1) + 1000 * ++counters.second).toISOString(),
  };
  if (options.empty !== true) furnish(room);
  return options.lag === undefined ? room : { ...room, ...createLag(room.state, options.lag) };
}

function furnish(room: Room): void {
  for (const book of seedBooks) keepBook(room, room.nextBookId(), book);
  const [first = '', second = ''] = room.state.books.keys();
  for (const [writtenBy, note] of seedNotes) keepNote(room, { bookId: first, writtenBy }, note);
  keepNote(room, { bookId: second, writtenBy: 'admin' }, { kind: 'comment', text: 'Another book.' });
}

/** Keeps a new book, and gives it as it is kept. */
export function keepBook(room: Room, id: string, given: Node): Node {
  const book = { ...given, id, createdAt: room.now() };
  room.state.books.set(id, book);
  tell(room, 'books', `${id} came`);
  return book;
}

/** Keeps a new note, and gives it as it is kept. */
export function keepNote(room: Room, by: { bookId: string; writtenBy: string }, given: Node): Node {
  const id = ++room.counters.note;
  const value = { ...given, id, writtenBy: by.writtenBy, writtenAt: room.now() };
  room.state.notes.set(id, { bookId: by.bookId, value });
  tell(room, 'notes', `${id} came`);
  return value;
}

/** Adds to the feed, and lets the room know of the change. */
export function tell(room: Room, topic: FeedEvent['topic'], words: string): void {
  room.state.events.push({ id: room.state.events.length + 1, topic, text: words });
  room.changed();
}

/** The strong ETag of a book as it is shown. */
export function tagOf(book: Node): string {
  return `"${createHash('sha1').update(JSON.stringify(book)).digest('hex').slice(0, 16)}"`;
}

/** Readers see what was there `lag` milliseconds ago. */
function createLag(state: State, lag: number): Pick<Room, 'seen' | 'changed'> {
  let past = [{ at: Number.NEGATIVE_INFINITY, state: copyOf(state) }];
  return {
    changed: () => {
      past.push({ at: performance.now(), state: copyOf(state) });
    },
    seen: () => {
      const ripe = performance.now() - lag;
      const index = past.findLastIndex(({ at }) => at <= ripe);
      past = past.slice(index);
      return past[0]?.state ?? state;
    },
  };
}

/** A copy that later changes do not touch. */
export function copyOf(state: State): State {
  return { books: new Map(state.books), notes: new Map(state.notes), events: [...state.events] };
}
