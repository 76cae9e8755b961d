import { type ApiOperation, loadDocument } from '../../src/document/index.ts';

/** Paths with their methods: `{ '/users/{id}': 'get put' }`. Braces of a variable stand for a declared parameter. */
export type Paths = Readonly<Record<string, string>>;

export interface ServerText {
  readonly url: string;
  readonly variables?: Readonly<
    Record<string, { readonly default: string; readonly enum?: readonly string[] }>
  >;
}

/** The operations of a document with these paths, through the real loader. */
export async function operationsOf(
  paths: Paths,
  servers: readonly ServerText[] = [],
): Promise<readonly ApiOperation[]> {
  const items = Object.entries(paths).map(([path, methods]) => [path, itemOf(methods)]);
  return operationsOfItems(Object.fromEntries(items), servers);
}

/** The same, from path items as they stand in a document. */
export async function operationsOfItems(
  paths: object,
  servers: readonly ServerText[] = [],
): Promise<readonly ApiOperation[]> {
  const document = await loadDocument({
    openapi: '3.2.0',
    info: { title: 'routes', version: '1' },
    ...(servers.length === 0 ? {} : { servers }),
    paths,
  });
  return document.operations;
}

function itemOf(methods: string): object {
  const operation = { responses: { 204: { description: 'done' } } };
  return Object.fromEntries(methods.split(' ').map((method) => [method, operation]));
}
