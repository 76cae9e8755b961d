import type { ServerObject } from '../document/index.ts';
import { isPathTemplateFault, type PathSegment, parsePathTemplate } from '../http/index.ts';

/** The base path of a server, in segments that are never empty. */
export interface BasePath {
  readonly segments: readonly PathSegment[];
  /** `/api/v3`; `''` for the root. Equal bases have equal texts. */
  readonly text: string;
  /** Whether a server variable is left in it, which takes any value. */
  readonly isShape: boolean;
}

/** Values of server variables that are tried together, at most. */
const mostExpansions = 100;

/**
 * The base paths of a server: one for each value that its variables list, the default first, then the shape that takes any
 * value. Hosts are not looked at.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#server-variable-object
 */
export function basePathsOf(server: ServerObject): readonly BasePath[] {
  const found = new Map<string, BasePath>();
  const paths = urlsOf(server).map(withoutOrigin);
  for (const text of paths.flatMap((path) => [...expansionsOf(path, server), shapeOf(path, server)])) {
    const base = readBase(withoutOrigin(text));
    if (base !== undefined && !found.has(base.text)) found.set(base.text, base);
  }
  return [...found.values()];
}

const origin = /^(?:[^/?#]*:)?\/\/[^/?#]*/;

function withoutOrigin(url: string): string {
  return url.replace(origin, '').replace(/[?#].*$/s, '');
}

/** A variable behind the host may hold the path and its slash: `https://example.com{basePath}`. */
function urlsOf(server: ServerObject): readonly string[] {
  const [authority = ''] = origin.exec(server.url) ?? [];
  const holdingPaths = [...server.variables].filter(
    ([name, variable]) =>
      authority.includes(`{${name}}`) && valuesOf(variable).some((value) => value.includes('/')),
  );
  return expansionsOf(server.url, { ...server, variables: new Map(holdingPaths) });
}

type ServerVariable = NonNullable<ReturnType<ServerObject['variables']['get']>>;

/** The default first. */
function valuesOf(variable: ServerVariable): string[] {
  return [...new Set([variable.default, ...(variable.enum ?? [])])];
}

function expansionsOf(path: string, { variables }: ServerObject): readonly string[] {
  let texts = [path];
  for (const [name, variable] of variables) {
    const hole = `{${name}}`;
    if (!path.includes(hole)) continue;
    texts = valuesOf(variable).flatMap((value) => texts.map((text) => text.replaceAll(hole, value)));
    texts = texts.slice(0, mostExpansions);
  }
  return texts;
}

/** Variables that hold several segments, an origin or nothing have no shape: their default stands for them. */
function shapeOf(path: string, { variables }: ServerObject): string {
  let text = path;
  for (const [name, variable] of variables) {
    if (valuesOf(variable).some((value) => value === '' || value.includes('/'))) {
      text = text.replaceAll(`{${name}}`, variable.default);
    }
  }
  return text;
}

/** https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4 */
function readBase(path: string): BasePath | undefined {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const template = parsePathTemplate(`/${kept.join('/')}`);
  if (isPathTemplateFault(template)) return undefined;
  const text = kept.map((segment) => `/${segment}`).join('');
  const segments = template.segments.filter((segment) => segment.length > 0);
  return { segments, text: text.replaceAll(/\{[^{}]*\}/g, '{}'), isShape: template.names.length > 0 };
}
