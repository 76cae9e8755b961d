/**
 * Faults whose promise stands in a description, or in the sense of a name, and nowhere that a program is sure to read it: who
 * may see a note, that an ISBN is used once, what a bound includes. They count like all others; a report may tell them apart.
 */
export const inWords: ReadonlySet<string> = new Set([
  'rejected/createBook/conflict',
  'rejected/listNotes/query.cursor/unknown',
  'life/createBook/conflict-keeps-nothing',
  'life/listBooks/paging/past-the-end',
  'life/listBooks/query.price/max',
  'life/listBooks/query.search/no-match',
  'life/findShelves/path.bays/to',
  'life/findShelves/path.aisles/several',
  'life/findShelves/query.box/filters',
  'life/findShelves/query.state/filters',
  'exchange/listBooks/200/headers.X-Total-Count/agrees',
  'credentials/getNote/other',
  'credentials/deleteNote/other',
  'credentials/listNotes/other',
]);
