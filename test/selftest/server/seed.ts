import type { Node } from '../document.ts';

const titles = [
  'The Quiet Harbour',
  'Salt and Light',
  'A Field of Clocks',
  'Maps of the Interior',
  'The Glass Orchard',
  'Small Machines',
  'Winter Grammar',
  'On Counting Stars',
  'The Ferryman',
  'Letters to a Lighthouse',
  'The Second Harbour',
  'Bread and Paper',
] as const;
const genres = ['fiction', 'science', 'history', 'poetry'] as const;
const languages = [['en'], ['de', 'fr'], ['en', 'it'], ['de']] as const;

/** Twelve books: enough for two pages of the usual size, with values for every filter. */
export const seedBooks: readonly Node[] = titles.map((title, index) => ({
  title,
  isbn: `978-${String(1_000_000_000 + index * 7_919)}`,
  genre: genres[index % 4],
  price: 5 + ((index * 7) % 12) * 2.5,
  currency: 'EUR',
  year: 1900 + index * 9,
  score: index % 3 === 0 ? null : (index % 5) + 0.5,
  authors: [
    { name: `Author ${index + 1}`, ...(index % 2 === 0 ? { email: `author${index}@example.org` } : {}) },
  ],
  languages: languages[index % 4],
  inStock: index % 3 !== 1,
  releasedOn: `20${String(10 + index)}-03-0${(index % 9) + 1}`,
  ...(index % 4 === 0 ? { tags: ['sea', `shelf ${index}`] } : {}),
}));

/** Seven notes of the administrator's and three of the reader's on the first book: enough for two pages of the usual size. */
export const seedNotes: readonly (readonly [writtenBy: string, note: Node])[] = [
  ['admin', { kind: 'comment', text: 'A good beginning.' }],
  ['admin', { kind: 'rating', stars: 4 }],
  ['reader', { kind: 'comment', text: 'I could not put it down.' }],
  ['admin', { kind: 'quote', text: 'The tide keeps no books.', pages: [12, 13] }],
  ['admin', { kind: 'comment', text: 'The middle is slow.', pinned: true }],
  ['reader', { kind: 'rating', stars: 5 }],
  ['admin', { kind: 'rating', stars: 3 }],
  ['admin', { kind: 'comment', text: 'Better the second time.' }],
  ['reader', { kind: 'quote', text: 'Harbours are patient.', pages: [40] }],
  ['admin', { kind: 'quote', text: 'Lights, and then none.', pages: [201] }],
];

const materials = ['oak', 'pine', 'steel'] as const;
const colours = ['red', 'green', 'none'] as const;

/** Forty-eight shelves, two floors of six aisles of four bays. */
export const shelves: readonly Node[] = Array.from({ length: 48 }, (_, index) => {
  const floor = Math.floor(index / 24);
  const aisle = 'abcdef'.charAt(Math.floor(index / 4) % 6);
  const bay = (index % 4) + 1;
  return {
    code: `${floor}${aisle}${String(bay).padStart(2, '0')}`,
    floor,
    aisle,
    bay,
    width: 60 + (index % 4) * 20,
    height: 180 + (index % 3) * 10,
    depth: 20 + (index % 5) * 10,
    material: materials[index % 3],
    paint: { colour: colours[(index >> 1) % 3], gloss: index % 2 === 0 },
    free: (index * 13) % 101,
    damaged: index % 7 === 0,
  };
});
