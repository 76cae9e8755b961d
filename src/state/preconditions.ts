import type { Entry } from './collection.ts';
import type { Asked, Outcome } from './outcome.ts';

/** The entity tag of a thing as it is now. */
export function tagOf({ id, version }: Pick<Entry, 'id' | 'version'>): string {
  const plain = /^[\w-]+$/.test(id) ? id : Buffer.from(id).toString('base64url');
  return `"${plain}.${version}"`;
}

/**
 * What `If-Match` and `If-None-Match` make of a request; `undefined` where they let it through.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 */
export function judgePreconditions(asked: Asked, tag: string): Outcome | undefined {
  const [match, noneMatch] = [asked.header('if-match'), asked.header('if-none-match')];
  if (match !== undefined && !lists(match, tag, true))
    return { kind: 'stale', detail: `The thing has changed: it is ${tag} now.` };
  if (noneMatch === undefined || !lists(noneMatch, tag, false)) return undefined;
  const { method } = asked.plan.operation;
  return method === 'GET' || method === 'HEAD'
    ? { kind: 'unchanged', tag }
    : { kind: 'stale', detail: `The thing is ${tag}, which the request excludes.` };
}

function lists(field: string, tag: string, isStrong: boolean): boolean {
  if (field.trim() === '*') return true;
  const tags = field.split(',').map((one) => one.trim());
  return tags.some((one) => one === tag || (!isStrong && one === `W/${tag}`));
}
