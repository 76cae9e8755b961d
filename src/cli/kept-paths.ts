import type { ApiOperation } from '../document/index.ts';
import type { Mock } from '../mock/index.ts';
import { plainPath } from '../plan/index.ts';
import type { CallSampler } from './sample-call.ts';

/** A sampler whose calls name things that the mock keeps, as far down the path as it keeps any. */
export function withKeptPaths(sampler: CallSampler, { state }: Mock): CallSampler {
  if (state === undefined) return sampler;
  const { collections } = state.snapshot();

  /** The ids of the first things that a path can lead to. */
  function keptIds(path: string): readonly string[] {
    const ids: string[] = [];
    for (const { index } of plainPath(path).matchAll(/\/\{\}/g)) {
      const name = plainPath(path).slice(0, index);
      const parents = JSON.stringify(ids);
      const kept = collections.find(
        (one) => one.resource === name && JSON.stringify(one.parents) === parents && one.things.length > 0,
      );
      const [thing] = kept?.things ?? [];
      if (thing === undefined) break;
      ids.push(thing.id);
    }
    return ids;
  }

  return (operation, baseUrl) => {
    const call = sampler(operation, baseUrl);
    return { ...call, url: withPath(call.url, operation, keptIds(operation.path)) };
  };
}

/** The URL with the first variables of its path set to values, in their order. */
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
