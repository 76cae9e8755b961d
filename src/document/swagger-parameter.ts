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

/** Whether the format has no equal at that place. */
export function isUnsupportedFormat(raw: unknown): boolean {
  const format = own(raw, 'collectionFormat');
  if (format === undefined || format === 'csv') return false;
  const where = own(raw, 'in');
  return format === 'tsv' || (where !== 'query' && where !== 'formData');
}
