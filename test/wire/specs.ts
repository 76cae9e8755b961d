import type { RawParameters } from '../../src/wire/index.ts';
import type { ParameterSpec } from '../../src/wire/spec.ts';

/** A parameter with the specification's defaults for its place. */
export function parameter(given: Pick<ParameterSpec, 'in'> & Partial<ParameterSpec>): ParameterSpec {
  const style = given.style ?? (given.in === 'query' || given.in === 'cookie' ? 'form' : 'simple');
  return {
    name: 'color',
    style,
    explode: style === 'form' || style === 'cookie',
    allowReserved: false,
    allowEmptyValue: false,
    schema: true,
    ...given,
  };
}

/** A message in which the text stands where the parameter looks for it. */
export function raw(spec: ParameterSpec, text: string): RawParameters {
  return {
    path: { [spec.name]: text },
    query: spec.in === 'query' || spec.in === 'querystring' ? text : '',
    header: (name) =>
      spec.in === 'header' && name.toLowerCase() === spec.name.toLowerCase() ? text : undefined,
    cookie: spec.in === 'cookie' ? text : '',
  };
}

/** A message without any parameter. */
export const nothing: RawParameters = { path: {}, query: '', header: () => undefined, cookie: '' };
