import type { ServerObject } from './api-document.ts';
import { entriesOf, isObject, listOf, own, textOf, textsOf } from './raw.ts';
import type { Located } from './source-file.ts';

const rootServer: ServerObject = Object.freeze({ url: '/', variables: new Map() });

/** The default where a document names no server: the host that it came from. */
export const defaultServers: readonly ServerObject[] = Object.freeze([rootServer]);

/** The servers of a list; `undefined` where there is none, or nothing in it. */
export function readServers(place: Located): readonly ServerObject[] | undefined {
  const servers = listOf(place.value).flatMap((raw) => serverOf(raw) ?? []);
  return servers.length === 0 ? undefined : Object.freeze(servers);
}

/** https://spec.openapis.org/oas/v3.2.0.html#server-object */
function serverOf(raw: unknown): ServerObject | undefined {
  const url = textOf(own(raw, 'url'));
  if (url === undefined) return undefined;
  const description = textOf(own(raw, 'description'));
  const name = textOf(own(raw, 'name'));
  const variables = entriesOf(own(raw, 'variables')).filter(([, variable]) => isObject(variable));
  return Object.freeze({
    url,
    variables: new Map(variables.map(([key, variable]) => [key, variableOf(variable)])),
    ...(description === undefined ? {} : { description }),
    ...(name === undefined ? {} : { name }),
  });
}

/** Numbers are taken for texts: people write `default: 8443`. */
function variableOf(raw: unknown): { readonly default: string; readonly enum?: readonly string[] } {
  const allowed = textsOf(listOf(own(raw, 'enum')).map(String));
  const value = own(raw, 'default');
  const fallback = value === undefined ? (allowed[0] ?? '') : String(value);
  return Object.freeze({
    default: fallback,
    ...(allowed.length === 0 ? {} : { enum: Object.freeze(allowed) }),
  });
}

/** https://spec.openapis.org/oas/v2.0.html#swagger-object: schemes, host and base path. */
export function readSwaggerServers(root: Located): readonly ServerObject[] {
  const host = textOf(own(root.value, 'host'));
  const basePath = textOf(own(root.value, 'basePath')) ?? '/';
  if (host === undefined) return Object.freeze([Object.freeze({ ...rootServer, url: basePath })]);
  const named = textsOf(own(root.value, 'schemes'));
  const fallback = root.file.uri.startsWith('http:') ? 'http' : 'https';
  const schemes = named.length === 0 ? [fallback] : named;
  const path = basePath === '/' ? '' : basePath;
  return Object.freeze(
    schemes.map((scheme) => Object.freeze({ ...rootServer, url: `${scheme}://${host}${path}` })),
  );
}
