import type { ApiDocument } from '../document/index.ts';
import { isSecretInBody } from './secret-words.ts';

/** A path of a document that has a credential in it: `/invitations/{token}`. */
export interface SecretPath {
  /** From the first segment on: a literal, nothing where a variable stands, `secret` where that is a credential. */
  readonly segments: readonly (string | { readonly secret: boolean })[];
  /** Literals that other paths of the document have in place of its variables: no secrets. */
  readonly literals: ReadonlySet<string>;
}

/** The paths of a document that have a credential in them, by the names of their variables. */
export function secretPaths({ operations }: ApiDocument): SecretPath[] {
  const paths = [...new Set(operations.map(({ path }) => path))];
  const literals = new Set(paths.flatMap((path) => path.split('/').filter((one) => !one.includes('{'))));
  return paths.flatMap((path) => {
    const segments = path.split('/').slice(1).map(segmentOf);
    const hasSecret = segments.some((one) => typeof one !== 'string' && one.secret);
    return hasSecret ? [{ segments, literals }] : [];
  });
}

function segmentOf(segment: string): SecretPath['segments'][number] {
  const names = [...segment.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  return names.length === 0 ? segment : { secret: names.some(isSecretInBody) };
}

/** Hides the credentials in a path, wherever the document's own begin in it. */
export function hideInPath(
  path: string,
  paths: readonly SecretPath[],
  hide: (value: string) => string,
): string {
  const given = path.split('/');
  for (const { segments, literals } of paths) {
    const start = given.length - segments.length;
    if (start < 1 || !segments.every((one, index) => typeof one !== 'string' || one === given[start + index]))
      continue;
    for (const [index, one] of segments.entries()) {
      const value = given[start + index] ?? '';
      if (typeof one !== 'string' && one.secret && value !== '' && !literals.has(value))
        given[start + index] = hide(value);
    }
  }
  return given.join('/');
}
