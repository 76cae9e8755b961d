import type { HttpResponse } from '../../../src/http/index.ts';
import { type Node, node } from '../document.ts';
import { empty, json, Refusal } from './answer.ts';
import { bookOf, type Call, type Handler } from './call.ts';
import { keepBook, tagOf, tell } from './room.ts';

/** A book as it is shown: without what is write-only. */
export function shownBook(book: Node): Node {
  const { acquisitionCode, ...shown } = book;
  return shown;
}

export const createBook: Handler = (call) => {
  const given = withoutReadOnly(node(call.body));
  refuseSameIsbn(call, given.isbn, undefined);
  const book = shownBook(keepBook(call.room, call.room.nextBookId(), given));
  return json(201, book, { Location: `/api/books/${book.id}`, ETag: tagOf(book) });
};

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
export const getBook: Handler = (call) => {
  const book = shownBook(bookOf(call, call.room.seen().books));
  const known = call.values.get('header.If-None-Match');
  const isKnown = known !== undefined && matches(String(known), tagOf(book), 'weak');
  return isKnown ? empty(304, { ETag: tagOf(book) }) : showBook(book);
};

export const replaceBook: Handler = (call) => {
  const old = bookOf(call, call.room.state.books);
  refuseOtherVersion(call, old);
  const given = withoutReadOnly(node(call.body));
  refuseSameIsbn(call, given.isbn, old.id);
  return putBook(call, { ...given, id: old.id, createdAt: old.createdAt });
};

/** @see https://www.rfc-editor.org/rfc/rfc7396 */
export const patchBook: Handler = (call) => {
  const old = bookOf(call, call.room.state.books);
  refuseOtherVersion(call, old);
  return putBook(call, { ...old, ...node(call.body) });
};

export const deleteBook: Handler = (call) => {
  const { id } = bookOf(call, call.room.state.books);
  const { state } = call.room;
  state.books.delete(String(id));
  for (const [noteId, note] of state.notes) if (note.bookId === id) state.notes.delete(noteId);
  tell(call.room, 'books', `${id} went`);
  return empty(204);
};

function putBook(call: Call, book: Node): HttpResponse {
  call.room.state.books.set(String(book.id), book);
  tell(call.room, 'books', `${book.id} changed`);
  return showBook(shownBook(book));
}

function showBook(shown: Node): HttpResponse {
  return json(200, shown, { ETag: tagOf(shown) });
}

/** What a client says of read-only properties means nothing. */
function withoutReadOnly(given: Node): Node {
  const { id, createdAt, ...rest } = given;
  return rest;
}

function refuseSameIsbn(call: Call, isbn: unknown, own: unknown): void {
  for (const book of call.room.state.books.values()) {
    if (book.isbn === isbn && book.id !== own) throw new Refusal(409, `Another book has the ISBN ${isbn}.`);
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1 */
function refuseOtherVersion(call: Call, book: Node): void {
  const wanted = call.values.get('header.If-Match');
  if (wanted === undefined || matches(String(wanted), tagOf(shownBook(book)), 'strong')) return;
  throw new Refusal(412, 'The book has changed since.');
}

function matches(field: string, tag: string, comparison: 'weak' | 'strong'): boolean {
  if (field.trim() === '*') return true;
  return field.split(',').some((one) => {
    const other = one.trim();
    return other === tag || (comparison === 'weak' && other === `W/${tag}`);
  });
}
