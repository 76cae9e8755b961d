import type { Finding } from '../../core/index.ts';
import { schemaName } from './schema-name.ts';

/** What an aspect is made of beside the finding: the status of the answer, and the check that is broken. */
export interface SeenBy {
  readonly check: string;
  readonly status: number;
}

const longest = 80;

/**
 * What of an answer is wrong, in a word that is the same on each run: `404`, `200.text/html`, `Pet.tags.items.maxLength`,
 * `Location.format`. It tells apart what breaks one obligation in several ways, and holds nothing that a shell would read.
 */
export function aspectOf(finding: Finding, { check, status }: SeenBy): string {
  switch (check) {
    case 'status':
      return String(status);
    case 'media-type': {
      // An error handler writes one type, whatever the error.
      const type = (finding.seen ?? '').split(';')[0] ?? '';
      return plain(status >= 400 ? type : `${status}.${type}`);
    }
    default:
      return plain(`${placeOf(finding, status)}.${keywordOf(finding)}`);
  }
}

function placeOf({ origin, place, side }: Finding, status: number): string {
  const schema = origin === undefined ? undefined : schemaName(origin.pointer);
  if (schema !== undefined) return schema;
  const { part, name, pointer = '' } = place;
  if (side === 'response' && part === 'header') return name ?? part;
  const start =
    side === 'response' ? String(status) : [part, ...(name === undefined ? [] : [name])].join('.');
  const keys = pointer.split('/').slice(1);
  return keys.reduce((words, key) => words + (/^\d+$/.test(key) ? '.items' : `.${key}`), start);
}

function keywordOf({ keyword, code, expected }: Finding): string {
  // A code is `security.missing`: its first word is the place.
  if (keyword !== 'required') return keyword ?? code.slice(code.indexOf('.') + 1);
  const name = /"([^"]+)"/.exec(expected ?? '')?.[1];
  return name === undefined ? keyword : `${keyword}.${name}`;
}

function plain(text: string): string {
  return text
    .replaceAll('[]', '.items')
    .replaceAll(/[^\p{L}\p{N}._/+-]+/gu, '-')
    .slice(0, longest);
}
