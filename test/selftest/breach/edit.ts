import { HeaderList, type HttpResponse, noBody } from '../../../src/http/index.ts';
import type { Breach, Change } from './breach.ts';

/** An answer with one header field set, or removed. */
export function editHeader(response: HttpResponse, name: string, value?: string): HttpResponse {
  const rest = response.headers.without(name).flat;
  return { ...response, headers: new HeaderList(value === undefined ? rest : [...rest, name, value]) };
}

/** An answer with a body that is not what it was. */
export function editBody(response: HttpResponse, to: Extract<Breach, { kind: 'body' }>['to']): HttpResponse {
  switch (to) {
    case 'empty':
      return { ...response, body: noBody };
    case 'half':
      return { ...response, body: response.body.subarray(0, Math.floor(response.body.length / 2)) };
    case 'html':
      return { ...response, body: Buffer.from('<!doctype html><title>Oh</title><p>Something went wrong.') };
    case 'text':
      return { ...response, body: Buffer.from('left over') };
    case 'latin1':
      return { ...response, body: Buffer.from(Buffer.from(response.body).toString('utf8'), 'latin1') };
  }
}

/** An answer with a piece of its text replaced, wherever it stands. */
export function editText(response: HttpResponse, from: string, to: string): HttpResponse {
  return { ...response, body: Buffer.from(Buffer.from(response.body).toString('utf8').replaceAll(from, to)) };
}

/** An answer with a place of its JSON body changed; as it was where it is no JSON, or where there is nothing at the place. */
export function editMember(response: HttpResponse, at: string, change: Change): HttpResponse {
  const text = Buffer.from(response.body).toString('utf8');
  if (!/^\s*[[{]/.test(text)) return response;
  const value = editAt(JSON.parse(text), at === '' ? [] : at.split('.'), change);
  return { ...response, body: Buffer.from(JSON.stringify(value)) };
}

function editAt(value: unknown, keys: readonly string[], change: Change): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return changed(value, change);
  if (Array.isArray(value)) {
    return value.map((item, index) => (isAt(key, index) ? editAt(item, rest, change) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (rest.length > 0 && !Object.hasOwn(value, key)) return value;
  const { [key]: old, ...others } = value as Readonly<Record<string, unknown>>;
  if (rest.length === 0 && 'drop' in change) return others;
  return { ...value, [key]: editAt(old, rest, change) };
}

function isAt(key: string, index: number): boolean {
  return key === '*' || key === String(index);
}

function changed(value: unknown, change: Change): unknown {
  if ('set' in change) return change.set;
  return 'map' in change ? change.map(value) : undefined;
}
