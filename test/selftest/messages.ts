import type { Node } from './document.ts';

/** A book that the document takes, with every property that a client may give. */
export const fullBook: Node = {
  title: 'The Night Ferry',
  isbn: '979-4440000001',
  genre: 'science',
  price: 12.5,
  currency: 'EUR',
  year: 1987,
  score: 4.5,
  authors: [{ name: 'Ida Holm', email: 'ida@example.org' }, { name: 'Ben Aal' }],
  languages: ['en', 'da'],
  inStock: true,
  tags: ['sea', 'night'],
  size: [21, 13.5, 2],
  labels: { room: 'north', shelf: 'low' },
  condition: 'new',
  homepage: 'https://books.example.org/ferry',
  releasedOn: '1987-05-02',
  lastSeenAt: '2024-01-01T10:00:00+01:00',
  translator: 'Mia Rook',
  originalLanguage: 'da',
  acquisitionCode: 'A-1234',
};

/** A book with only what it must have. */
export const leastBook: Node = {
  title: 'Least',
  isbn: '979-4440000002',
  genre: 'poetry',
  price: 0,
  currency: 'EUR',
  score: null,
  authors: [{ name: 'N' }],
  languages: ['en'],
  inStock: false,
};

/** A small multipart body; parts are name, header lines and content. */
export function multipart(
  parts: readonly (readonly [name: string, fields: string, content: string])[],
): string {
  const written = parts.map(([name, fields, content]) => {
    const file = name === 'file' ? '; filename="cover.png"' : '';
    return `--cut\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${fields}\r\n${content}\r\n`;
  });
  return `${written.join('')}--cut--\r\n`;
}

/** The Content-Type of what `multipart` makes. */
export const multipartType = 'multipart/form-data; boundary=cut';

/** A cover that the document takes. */
export const cover: string = multipart([
  ['file', 'Content-Type: image/png\r\n', '\u0089PNG\r\n'],
  ['caption', '', 'Front'],
  ['focus', 'Content-Type: application/json\r\n', '{"x":0.5,"y":1}'],
]);
