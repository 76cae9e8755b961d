import type { Spot } from './source.ts';

/** An operation as far as scenarios name it. */
export interface NamedOperation {
  readonly key: string;
  readonly operationId?: string | undefined;
  readonly method: string;
  readonly path: string;
}

/** The keys of the operations that `on` names. Throws `ERR_SCENARIO` where a name fits none. */
export function findOperations(
  on: string | readonly string[],
  operations: readonly NamedOperation[],
  spot: Spot,
): ReadonlySet<string> {
  const keys = new Set<string>();
  const names = typeof on === 'string' ? [on] : on;
  for (const [index, name] of names.entries()) {
    const found = operations.filter((operation) => isNamed(operation, name));
    if (found.length === 0)
      throw (typeof on === 'string' ? spot : spot.down(index)).fault(
        `the document has no operation "${name}"`,
        `Did you mean one of: ${near(name, operations)}`,
      );
    for (const { key } of found) keys.add(key);
  }
  return keys;
}

function isNamed({ key, operationId, method, path }: NamedOperation, name: string): boolean {
  if (name === '*') return true;
  const own = [key, operationId ?? key, `${method} ${path}`];
  if (!name.includes('*')) return own.includes(name);
  const pieces = name.split('*');
  return own.some((text) => fits(text, pieces));
}

/** Whether a text is made of the pieces, in order, with anything between them. */
function fits(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

function near(name: string, operations: readonly NamedOperation[]): string {
  const wanted = name.toLowerCase().replaceAll('*', '');
  const keys = operations.map(({ key }) => key);
  const like = keys.filter((key) => {
    const lower = key.toLowerCase();
    return (
      lower.includes(wanted) || wanted.includes(lower) || lower.split(/[_\W]/)[0] === wanted.split(/[_\W]/)[0]
    );
  });
  return (like.length > 0 ? like : keys).slice(0, 5).join(', ');
}
