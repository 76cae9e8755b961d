import type { Client } from './client.ts';
import { cover, fullBook, leastBook, multipartType } from './messages.ts';

/** A walk through a part of the API that touches its promises; it fails on nothing, its exchanges are judged. */
export type Journey = (send: Client) => Promise<void>;

/** Walks that together see every operation, and every documented status but 308 and 429, which only some servers give. */
export const journeys: Readonly<Record<string, Journey>> = {
  async 'the house'(send) {
    for (const accept of ['application/json', 'application/xml', 'text/plain', '*/*', 'image/png']) {
      await send('GET /status', { as: 'nobody', headers: { Accept: accept } });
    }
    await send('GET /status?surely=unknown');
    await send('GET /feed?topic=books', { as: 'nobody', headers: { 'X-Api-Key': 'key-52d0c6f1b7e9438a' } });
    for (const query of ['?topic=notes', '', '?topic=news']) await send(`GET /feed${query}`);
    await send('GET /feed?topic=books', { as: 'nobody' });
    await send('GET /feed?topic=books', { headers: { Accept: 'application/json' } });
  },
  async 'every style'(send) {
    const place = '/shelves/1/.a.b.c/;from=1;to=3';
    const filters = 'width=60%20100&material=oak%7Cpine&box=height,100,depth,20&state=%7B%22free%22:3%7D';
    await send(`GET ${place}?${filters}&offset=0&limit=3`, {
      headers: { 'X-Depths': '20,30', 'X-Paint': 'colour=red,gloss=true', Cookie: 'units=inch' },
    });
    for (const query of ['', '?limit=5&offset=5', '?width=ten', '?state=no', '?box=height']) {
      await send(`GET ${place}${query}`);
    }
    await send('GET /shelves/7/.a/;from=1;to=3');
    await send(`GET ${place}`, { as: 'nobody' });
    await send(`GET ${place}`, { headers: { Accept: 'text/csv' } });
  },
  async 'lists of books'(send) {
    const asked = [
      '',
      'page=2',
      'page_size=5&page=3',
      'page=99',
      'genre=fiction&genre=poetry',
      'language=en,de',
    ];
    const more = ['price[min]=7&price[max]=20', 'in_stock=true', 'search=harbour&ordering=-title', 'page=0'];
    for (const query of [...asked, ...more, 'released_after=2015-01-01', 'genre='])
      await send(`GET /books?${query}`);
    await send('GET /books', { headers: { 'X-Request-Id': '00000000-0000-4000-8000-0000000000aa' } });
    await send('GET /books', { as: 'nobody' });
    await send('GET /books', { headers: { Accept: 'text/html' } });
  },
  async 'the life of a book'(send) {
    const created = await send('POST /books', { body: fullBook });
    const path = (created.header('location') ?? '/').replace('/api', '');
    const tag = created.header('etag') ?? '';
    await send(`GET ${path}`);
    await send(`HEAD ${path}`);
    await send(`GET ${path}`, { headers: { 'If-None-Match': tag } });
    await send('POST /books', { body: fullBook });
    await send('POST /books', { body: { ...leastBook, title: '' } });
    await send('POST /books', { body: '{"title":' });
    await send('POST /books', { body: leastBook, type: 'text/plain' });
    await send('POST /books', { body: leastBook, as: 'reader' });
    await send('POST /books', { body: leastBook, headers: { Accept: 'image/png' } });
    const patch = { type: 'application/merge-patch+json', body: { price: 3 } };
    await send(`PATCH ${path}`, { ...patch, headers: { 'If-Match': tag } });
    await send(`PATCH ${path}`, { ...patch, headers: { 'If-Match': tag } });
    await send(`PATCH ${path}`, { ...patch, body: {} });
    await send(`PUT ${path}`, { body: leastBook });
    await send(`PUT ${path}`, { body: leastBook, headers: { 'If-Match': '"other"' } });
    await send(`PUT ${path}`, { body: leastBook, as: 'reader' });
    for (const as of ['reader', 'nobody', 'admin', 'admin'] as const) await send(`DELETE ${path}`, { as });
    for (const line of [`GET ${path}`, `PUT ${path}`, 'GET /books/no-id', 'DELETE /books/no-id']) {
      await send(line, line.startsWith('PUT') ? { body: leastBook } : {});
    }
  },
  async 'a cover'(send) {
    const created = await send('POST /books', { body: leastBook });
    const path = `/books/${created.at('id')}/cover`;
    for (const as of ['admin', 'reader', 'nobody'] as const) {
      await send(`PUT ${path}`, { as, type: multipartType, body: cover });
    }
    await send(`PUT ${path}`, { type: multipartType, body: cover.replace('image/png', 'image/gif') });
    await send(`PUT ${path}`, { type: multipartType, body: cover.replace('"x":0.5', '"x":2') });
    await send(`PUT ${path}`, { type: multipartType, body: cover.slice(0, -20) });
    await send('PUT /books/00000000-0000-4000-8000-ffffffffffff/cover', { type: multipartType, body: cover });
    await send(`DELETE /books/${created.at('id')}`);
  },
  async 'notes of two people'(send) {
    const created = await send('POST /books', { body: leastBook });
    const path = `/books/${created.at('id')}/notes`;
    const notes = [
      { kind: 'comment', text: 'Ø' },
      { kind: 'rating', stars: 5, pinned: true },
      { kind: 'quote', text: 'q', pages: [1] },
    ];
    for (const as of ['admin', 'reader'] as const) {
      for (const body of notes) await send(`POST ${path}`, { as, body });
      const first = await send(`GET ${path}?limit=2`, { as });
      await send(`GET ${path}?limit=2&cursor=${first.at('nextCursor')}`, { as });
    }
    for (const query of ['?kind=rating,quote', '?kind=none', '?cursor=nowhere', '?limit=21']) {
      await send(`GET ${path}${query}`);
    }
    const mine = (await send(`GET ${path}`)).at('items.0.id');
    for (const method of ['GET', 'DELETE']) {
      for (const as of ['reader', 'nobody', 'admin'] as const) await send(`${method} /notes/${mine}`, { as });
    }
    for (const line of [`GET /notes/${mine}`, 'GET /notes/none', 'GET /notes/0']) await send(line);
    for (const body of [{ kind: 'song' }, { kind: 'rating', stars: 6 }, []])
      await send(`POST ${path}`, { body });
  },
  async 'refusals of every operation'(send) {
    const book = '/books/00000001-0000-4000-8000-000000000001';
    const patch = 'application/merge-patch+json';
    const asks: readonly (readonly [line: string, body: unknown, type?: string])[] = [
      ['GET /status', undefined],
      ['GET /books', undefined],
      ['POST /books', leastBook],
      [`GET ${book}`, undefined],
      [`PUT ${book}`, { ...leastBook, isbn: '979-4440000003' }],
      [`PATCH ${book}`, { score: null }, patch],
      [`PUT ${book}/cover`, cover, multipartType],
      [`GET ${book}/notes`, undefined],
      [`POST ${book}/notes`, { kind: 'rating', stars: 1 }],
      ['GET /notes/1', undefined],
      ['DELETE /notes/1', undefined],
      ['GET /shelves/0/.a/;from=1;to=3', undefined],
      ['GET /feed?topic=books', undefined],
      [`DELETE ${book}`, undefined],
    ];
    for (const [line, body, type = 'application/json'] of asks) {
      const ask = body === undefined ? {} : { body, type };
      for (const as of ['admin', 'nobody', 'reader'] as const) await send(line, { ...ask, as });
      await send(line, { ...ask, headers: { Accept: 'audio/ogg' } });
      await send(line.replace('00000001', '7fffffff').replace('notes/1', 'notes/99'), ask);
      await send(line.replace('00000001', 'none').replace('notes/1', 'notes/none'), ask);
      await send(`${line}?surely=unknown`, ask);
      if (body === undefined) continue;
      await send(line, { ...ask, type: 'text/csv' });
      await send(line, { ...ask, body: '{' });
      await send(line, { ...ask, body: type === multipartType ? cover.replace('Front', '') : {} });
    }
    const isbn = (await send('GET /books')).at('results.3.isbn');
    await send(`PUT ${book.replaceAll('1', '2')}`, { body: { ...leastBook, isbn } });
    for (const line of ['PROPFIND /books', 'OPTIONS /books', 'PATCH /feed', 'GET /nowhere']) await send(line);
  },
};
