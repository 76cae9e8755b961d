import type { Kind, Member } from './kind.ts';
import { schemaMembers } from './schema-keywords.ts';

function one(kind: Kind): Member {
  return { holding: 'one', kind };
}

function list(kind: Kind): Member {
  return { holding: 'list', kind };
}

function map(kind: Kind): Member {
  return { holding: 'map', kind };
}

function patterned(kind: Kind): Member {
  return { holding: 'patterned', kind };
}

/** The methods that a path item has members for; `query` since 3.2. */
export const methodNames: readonly string[] = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
];

const parameter = {
  schema: one('schema'),
  items: one('schema'),
  content: map('mediaType'),
  examples: map('example'),
};

const members: Readonly<Record<Exclude<Kind, 'schema' | 'callback'>, Readonly<Record<string, Member>>>> = {
  document: {
    paths: patterned('pathItem'),
    webhooks: map('pathItem'),
    components: one('components'),
    definitions: map('schema'),
    parameters: map('parameter'),
    responses: map('response'),
    securityDefinitions: map('securityScheme'),
  },
  components: {
    schemas: map('schema'),
    responses: map('response'),
    parameters: map('parameter'),
    examples: map('example'),
    requestBodies: map('requestBody'),
    headers: map('header'),
    securitySchemes: map('securityScheme'),
    links: map('link'),
    callbacks: map('callback'),
    pathItems: map('pathItem'),
    mediaTypes: map('mediaType'),
  },
  pathItem: {
    ...Object.fromEntries(methodNames.map((name) => [name, one('operation')])),
    parameters: list('parameter'),
    additionalOperations: map('operation'),
  },
  operation: {
    parameters: list('parameter'),
    requestBody: one('requestBody'),
    responses: patterned('response'),
    callbacks: map('callback'),
  },
  parameter,
  header: parameter,
  requestBody: { content: map('mediaType') },
  response: {
    headers: map('header'),
    content: map('mediaType'),
    links: map('link'),
    schema: one('schema'),
  },
  mediaType: {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: map('example'),
    encoding: map('encoding'),
    prefixEncoding: list('encoding'),
    itemEncoding: one('encoding'),
  },
  encoding: { headers: map('header') },
  example: {},
  link: {},
  securityScheme: {},
};

const grammar: ReadonlyMap<Kind, ReadonlyMap<string, Member>> = new Map<Kind, ReadonlyMap<string, Member>>([
  ...Object.entries(members).map(([kind, table]) => [kind as Kind, new Map(Object.entries(table))] as const),
  ['schema', schemaMembers],
]);

const expression = one('pathItem');

/** The members of a part of that kind; a callback's are its expressions, which no table knows. */
export function membersOf(kind: Exclude<Kind, 'callback'>): ReadonlyMap<string, Member> {
  return grammar.get(kind) ?? noMembers;
}

const noMembers: ReadonlyMap<string, Member> = new Map();

/** The member of that name in a part of that kind, or `undefined` for one that holds no parts. */
export function memberOf(kind: Kind, key: string): Member | undefined {
  if (kind === 'callback') return key.startsWith('x-') ? undefined : expression;
  return grammar.get(kind)?.get(key);
}
