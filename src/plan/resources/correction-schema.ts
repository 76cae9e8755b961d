import type { Correction } from './correction.ts';

type Schema = Readonly<Record<string, unknown>>;

const name = (description: string): Schema => ({ type: 'string', minLength: 1, description });
const pointer = (description: string): Schema => ({ type: 'string', pattern: '^(/.*)?$', description });
const orNone = (schema: Schema, none: string): Schema => {
  const { description, ...rest } = schema;
  return { anyOf: [rest, { const: false }], description: `${description} false: ${none}.` };
};

const properties: Readonly<Record<keyof Correction, Schema>> = {
  role: orNone(
    {
      enum: ['list', 'create', 'read', 'replace', 'update', 'delete'],
      description: 'What the operation does to a resource.',
    },
    'it has no part in the life of any',
  ),
  collection: name('The path of the collection that the operation belongs to, as the document writes it.'),
  id: name('The property of an item that the last variable of the path names.'),
  items: orNone(
    pointer('The place of the items in the answer, as a JSON pointer; empty where the answer is the list.'),
    'the answer is no list',
  ),
  paging: orNone(
    {
      type: 'object',
      properties: {
        page: name('The number of the page.'),
        size: name('How many items a page has.'),
        offset: name('How many items are left out before the page.'),
        cursor: name('What the page before it gave to go on with.'),
        firstPage: { enum: [0, 1], description: 'The number of the first page.' },
      },
      additionalProperties: false,
      description: 'The query parameters by which the list is paged.',
    },
    'it is not paged',
  ),
  filters: {
    type: 'object',
    additionalProperties: { anyOf: [{ type: 'string', minLength: 1 }, { const: false }] },
    description: 'Query parameter to the property of the items that it filters by. false: it is no filter.',
  },
  ordering: orNone(name('The query parameter that orders the list.'), 'none does'),
  search: orNone(name('The query parameter that searches the list.'), 'none does'),
  marker: orNone(
    pointer('The text in the body that carries the marker of a run, as a JSON pointer.'),
    'none can carry it',
  ),
};

/** The JSON Schema of `x-apidouble` on an operation, and of what the configuration says of one. */
export const correctionSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'x-apidouble',
  description: 'Corrects what Apidouble infers of an operation. What is absent is inferred.',
  type: 'object',
  properties,
  additionalProperties: false,
};
