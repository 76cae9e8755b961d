import { memberOf, membersOf } from './grammar.ts';
import type { Kind, Member } from './kind.ts';
import {
  discriminator,
  type ForeignTest,
  foreignTests,
  type KeywordRule,
  plainKeywords,
  text,
} from './schema-keywords.ts';
import type { Dialect } from './source-file.ts';

/** What the scan does with a member: walks what it holds, or looks at its value. */
export interface ScanEntry {
  readonly member?: Member;
  readonly rule?: KeywordRule;
  readonly foreign?: ForeignTest;
}

/** What to do by the name of the member; names without an entry are passed over. */
export type ScanTable = ReadonlyMap<string, ScanEntry>;

const tables = new Map<string, ScanTable>();

/** All that the scan needs to know of one kind of part, in one look-up per member. */
export function scanTable(kind: Exclude<Kind, 'callback'>, dialect: Dialect): ScanTable {
  const name = kind === 'schema' ? dialect : kind;
  let table = tables.get(name);
  if (table === undefined) {
    table = kind === 'schema' ? schemaTable(dialect) : plainTable(kind);
    tables.set(name, table);
  }
  return table;
}

/** The entry of a callback's member: each is an expression with its path item. */
export function callbackEntry(key: string): ScanEntry | undefined {
  const member = memberOf('callback', key);
  return member === undefined ? undefined : { member };
}

function plainTable(kind: Exclude<Kind, 'callback'>): ScanTable {
  const table = new Map<string, ScanEntry>([...membersOf(kind)].map(([key, member]) => [key, { member }]));
  if (kind === 'example') table.set('externalValue', { rule: text });
  return table;
}

function schemaTable(dialect: Dialect): ScanTable {
  const table = new Map<string, ScanEntry>(plainTable('schema'));
  for (const [key, rule] of plainKeywords) table.set(key, { rule });
  table.set('discriminator', { rule: discriminator });
  for (const [key, foreign] of foreignTests(dialect)) table.set(key, { ...table.get(key), foreign });
  return table;
}
