import type { ParameterIn, ParameterObject } from './api-document.ts';
import { describe } from './media-type.ts';
import { own } from './raw.ts';
import { keeping, type Reading } from './reading.ts';
import { type Located, originAt } from './source-file.ts';

/** The places that a parameter can stand in; Swagger's `body` and `formData` are made a request body instead. */
export const parameterPlaces: ReadonlySet<unknown> = new Set([
  'path',
  'query',
  'header',
  'cookie',
  'querystring',
]);

/** A parameter with its defaults made explicit. `name` and `in` must be there. */
export const readParameter: (reading: Reading, place: Located) => ParameterObject = keeping(
  (reading, place) => {
    const where = own(place.value, 'in') as ParameterIn;
    const name = own(place.value, 'name') as string;
    return describe(reading, place, { name, in: where });
  },
);

/** The parameter that a variable of the path gets which the document does not declare. */
export function undeclaredVariable(name: string, place: Located): ParameterObject {
  return Object.freeze({
    name,
    in: 'path',
    required: true,
    deprecated: false,
    allowEmptyValue: false,
    style: 'simple',
    explode: false,
    allowReserved: false,
    schema: Object.freeze({ type: 'string' }),
    examples: new Map(),
    origin: originAt(place),
  });
}
