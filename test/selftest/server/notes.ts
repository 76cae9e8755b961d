import { type Node, node } from '../document.ts';
import { empty, json, Refusal } from './answer.ts';
import { isAmong } from './book-list.ts';
import { bookOf, type Call, type Handler } from './call.ts';
import { keepNote, type State, type StoredNote, tell } from './room.ts';

export const createNote: Handler = (call) => {
  const { id, writtenBy, writtenAt, ...given } = node(call.body);
  const book = bookOf(call, call.room.state.books);
  const note = keepNote(call.room, { bookId: String(book.id), writtenBy: call.who.name }, given);
  return json(201, note, { Location: `/api/notes/${note.id}` });
};

/** One's own notes on a book, going on after the one that the cursor names. */
export const listNotes: Handler = (call) => {
  const state = call.room.seen();
  const book = bookOf(call, state.books);
  const after = readCursor(call.values.get('query.cursor'));
  const limit = Number(call.values.get('query.limit'));
  const wanted = ownNotes(call, state, String(book.id)).filter(({ id }) => Number(id) > after);
  const items = wanted.slice(0, limit);
  const nextCursor = wanted.length > limit ? writeCursor(Number(items.at(-1)?.id)) : null;
  return json(
    200,
    { items, nextCursor },
    { Link: nextCursor === null ? undefined : linkTo(call, nextCursor) },
  );
};

export const getNote: Handler = (call) => json(200, noteOf(call, call.room.seen()).value);

export const deleteNote: Handler = (call) => {
  const { value } = noteOf(call, call.room.state);
  call.room.state.notes.delete(Number(value.id));
  tell(call.room, 'notes', `${value.id} went`);
  return empty(204);
};

function ownNotes(call: Call, state: State, bookId: string): Node[] {
  const notes: Node[] = [];
  for (const note of state.notes.values()) {
    if (note.bookId !== bookId || note.value.writtenBy !== call.who.name) continue;
    if (isAmong([note.value.kind], call.values.get('query.kind'))) notes.push(note.value);
  }
  return notes;
}

function noteOf(call: Call, state: State): StoredNote {
  const note = state.notes.get(Number(call.values.get('path.noteId')));
  if (note === undefined) throw new Refusal(404, 'There is no such note.');
  if (note.value.writtenBy === call.who.name) return note;
  throw call.hidesOthers
    ? new Refusal(404, 'There is no such note.')
    : new Refusal(403, 'Somebody else wrote it.');
}

function writeCursor(id: number): string {
  return Buffer.from(`after ${id}`).toString('base64url');
}

/** Refuses with 400 a cursor that was never given out. */
function readCursor(cursor: unknown): number {
  if (cursor === undefined) return 0;
  const id = /^after (\d+)$/.exec(Buffer.from(String(cursor), 'base64url').toString())?.[1];
  if (id === undefined || writeCursor(Number(id)) !== cursor)
    throw new Refusal(400, 'No page has this cursor.');
  return Number(id);
}

function linkTo(call: Call, cursor: string): string {
  const [path = '', query = ''] = call.request.target.split('?');
  const rest = query.split('&').filter((pair) => pair !== '' && !/^cursor=/.test(pair));
  return `<${path}?${[...rest, `cursor=${cursor}`].join('&')}>; rel="next"`;
}
