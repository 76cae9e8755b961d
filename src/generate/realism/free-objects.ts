import type { Schema } from '../../schema/index.ts';
import { isWrapper, singular, wordsOf } from './words.ts';

/** A member that a free-form object of some name would have. */
export interface FreeMember {
  readonly name: string;
  readonly schema: Schema;
}

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer' };

/** What objects without declared properties hold, by their own names: `member` is a text, `member#` a number. */
const membersByName: Readonly<Record<string, string>> = {
  user: 'pk# username email',
  actor: 'pk# username email',
  owner: 'pk# username email',
  author: 'pk# username email',
  customer: 'id# full_name email',
  person: 'full_name email',
  brand: 'pk app name model_name',
  model: 'pk app name model_name',
  tenant: 'pk name',
  context: 'action client_ip',
  http_request: 'path method user_agent',
  request: 'path method user_agent',
  geo: 'city country continent',
  location: 'city country timezone',
  address: 'street city zip country_code',
  asn: 'asn# as_org',
  device: 'device platform browser',
  error: 'code message',
  settings: 'language timezone',
  preferences: 'language timezone',
  options: 'limit# language',
  metadata: 'source_ip version',
  meta: 'version request_id',
  payload: 'id type status',
  data: 'id name status',
  attributes: 'department language',
  labels: 'environment team_name',
  annotations: 'owner_name description',
  headers: 'content_type user_agent',
  links: 'self',
  stats: 'total_count# score#',
  extra: 'source_ip comment',
};

const cache = new Map<string, readonly FreeMember[]>();

/** The members that suit a free-form object of this name; none where the table does not know it. */
export function freeMembers(names: readonly string[]): readonly FreeMember[] {
  const own = [...names]
    .reverse()
    .find((name) => table(wordsOf(name).join('_')) !== undefined || !isWrapper(name));
  if (own === undefined) return [];
  const words = wordsOf(own);
  const last = words.at(-1) ?? '';
  const listed =
    table(words.join('_')) ??
    table(last) ??
    table(singular(last)) ??
    table([...words.slice(0, -1), singular(last)].join('_'));
  if (listed === undefined) return [];
  const before = cache.get(listed);
  if (before !== undefined) return before;
  const members = listed.split(' ').map(readMember);
  cache.set(listed, members);
  return members;
}

function table(name: string): string | undefined {
  return Object.hasOwn(membersByName, name) ? membersByName[name] : undefined;
}

function readMember(entry: string): FreeMember {
  return entry.endsWith('#') ? { name: entry.slice(0, -1), schema: count } : { name: entry, schema: text };
}
