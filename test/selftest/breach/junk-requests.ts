import type { ApiOperation } from '../../../src/document/index.ts';
import { type HttpRequest, splitTarget } from '../../../src/http/index.ts';

const junk = ['%01', 'x'.repeat(3000), '%7B%7D', '-1e99'];

/** A good request made bad in the crudest ways: some of them a server that checks anything refuses. */
export function junkFor(operation: ApiOperation, good: HttpRequest): HttpRequest[] {
  const { path, query } = splitTarget(good.target);
  const bare = query.split('&').filter((pair) => pair !== '');
  const requests: HttpRequest[] = [];
  if (good.body.length > 0 || operation.requestBody !== undefined) {
    requests.push({ ...good, body: Buffer.from('{') });
    requests.push({ ...good, body: Buffer.from('[[]]') });
    requests.push({ ...good, headers: good.headers.with('Content-Type', 'application/vnd.junk') });
  }
  for (const { in: place, name } of operation.parameters) {
    if (place === 'query') {
      const others = bare.filter((pair) => !pair.startsWith(`${encodeURIComponent(name)}=`));
      for (const value of [...junk, undefined]) {
        const own = value === undefined ? [] : [`${encodeURIComponent(name)}=${value}`];
        requests.push({ ...good, target: `${path}?${[...others, ...own].join('&')}` });
      }
    }
    if (place === 'header') {
      for (const value of ['\u0001', 'x'.repeat(3000), '-1e99'])
        requests.push({ ...good, headers: good.headers.with(name, value) });
    }
  }
  const parts = path.split('/');
  for (const [index, part] of operation.path.split('/').entries()) {
    if (!part.includes('{')) continue;
    const at = parts.length - operation.path.split('/').length + index;
    for (const value of junk) requests.push({ ...good, target: parts.with(at, value).join('/') });
  }
  return requests;
}
