import type { ParameterIn, ParameterStyle } from './api-document.ts';
import { own } from './raw.ts';

/** How a parameter of Swagger 2.0 is written, in the words of OpenAPI 3. */
export interface SwaggerStyle {
  readonly style: ParameterStyle;
  readonly explode: boolean;
}

/**
 * The style that a `collectionFormat` stands for. `tsv` has no equal and is read as `ssv`; in a path or a header
 * there is nothing but `csv`.
 *
 * @see https://spec.openapis.org/oas/v2.0.html#parameter-object
 */
export function swaggerStyle(raw: unknown, where: ParameterIn): SwaggerStyle {
  if (where !== 'query') return { style: 'simple', explode: false };
  switch (own(raw, 'collectionFormat')) {
    case 'multi':
      return { style: 'form', explode: true };
    case 'ssv':
    case 'tsv':
      return { style: 'spaceDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    default:
      return { style: 'form', explode: false };
  }
}

const formats: ReadonlySet<unknown> = new Set(['csv', 'ssv', 'tsv', 'pipes', 'multi', undefined]);

/** What is wrong with the `collectionFormat` of a parameter or of its items, as the end of a sentence; `undefined` where all is well. */
export function formatFault(raw: unknown): string | undefined {
  const format = own(raw, 'collectionFormat');
  if (!formats.has(format)) return 'that is none; it is read as csv';
  const items = own(raw, 'items');
  if (own(items, 'type') === 'array')
    return 'for lists in a list, which OpenAPI 3 has no equal for; they are read as JSON';
  if (format === undefined || format === 'csv') return undefined;
  const where = own(raw, 'in');
  const isKnown = format !== 'tsv' && (where === 'query' || where === 'formData');
  return isKnown ? undefined : 'that OpenAPI 3 has no equal for; it is read as the closest';
}
