import type { ApiOperation } from '../document/index.ts';
import type { Mock } from '../mock/index.ts';
import type { CallSampler } from './sample-call.ts';

/** A sampler whose calls name things that the mock keeps, where it keeps any. */
export function withKeptPaths(sampler: CallSampler, { state }: Mock): CallSampler {
  if (state === undefined) return sampler;
  const { collections } = state.snapshot();
  return (operation, baseUrl) => {
    const call = sampler(operation, baseUrl);
    const resource = state.resources.find(({ operations }) =>
      Object.values(operations).includes(operation.key),
    );
    const kept = collections.find(
      ({ resource: name, things }) => name === resource?.name && things.length > 0,
    );
    const [thing] = kept?.things ?? [];
    if (kept === undefined || thing === undefined) return call;
    return { ...call, url: withPath(call.url, operation, [...kept.parents, thing.id]) };
  };
}

/** The URL with the variables of its path set to values, in their order. */
function withPath(url: string, { path }: ApiOperation, values: readonly string[]): string {
  const [before = '', query] = url.split('?', 2);
  const segments = before.split('/');
  const template = path.replace(/\/+$/, '').split('/').reverse();
  const last = before.endsWith('/') ? segments.length - 2 : segments.length - 1;
  const variables = template
    .flatMap((segment, index) => (/^\{[^{}]+\}$/.test(segment) ? [last - index] : []))
    .reverse();
  for (const [index, place] of variables.entries()) {
    const value = values[index];
    if (value !== undefined) segments[place] = encodeURIComponent(value);
  }
  return `${segments.join('/')}${query === undefined ? '' : `?${query}`}`;
}
