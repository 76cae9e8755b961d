import { type SchemaObject, typesOf } from '../../schema/index.ts';
import { type Breach, breach, type Candidates } from './breach.ts';

/** Values of other types than there may be. */
export function typeBreaches(owner: SchemaObject): Breach[] {
  const types = typesOf(owner);
  if (types === undefined) return [];
  const others = [{ apidouble: true }, ['apidouble'], 'apidouble', true, [['apidouble']]];
  const found = [
    breach(owner, 'type', { words: `a value that is not ${types.join(' or ')}`, candidates: () => others }),
  ];
  if (types.includes('integer') && !types.includes('number')) {
    const candidates: Candidates = (value) => [(typeof value === 'number' ? value : 1) + 0.5];
    found.push(breach(owner, 'type', { name: 'type.fraction', words: 'a fraction', candidates }));
  }
  if (!types.includes('null')) {
    found.push(breach(owner, 'type', { name: 'type.null', words: 'null', candidates: () => [null] }));
  }
  return found;
}

/** Values that are not among those to choose from. */
export function choiceBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const odd = ['apidouble-none', 987_654_321, 0.123, true, { apidouble: true }, ['apidouble']];
  if (owner.enum !== undefined) {
    const numbers = owner.enum.some((one) => typeof one === 'number') ? [987_654_321] : [];
    found.push(
      breach(owner, 'enum', { words: 'a value that is not listed', candidates: () => [...numbers, ...odd] }),
    );
  }
  if (owner.const !== undefined) {
    const like = typeof owner.const === 'number' ? [owner.const + 1] : [];
    found.push(
      breach(owner, 'const', {
        words: 'another value than the one there is',
        candidates: () => [...like, ...odd],
      }),
    );
  }
  if (owner.oneOf !== undefined)
    found.push(breach(owner, 'oneOf', { words: 'a value of no branch', candidates: () => odd }));
  if (owner.anyOf !== undefined)
    found.push(breach(owner, 'anyOf', { words: 'a value of no branch', candidates: () => odd }));
  const { not } = owner;
  if (typeof not === 'object') {
    const candidates: Candidates = (_, tools) => [
      ...(not.enum ?? []),
      ...(not.const === undefined ? [tools.make(not)] : [not.const]),
    ];
    found.push(breach(owner, 'not', { words: 'a value that is ruled out', candidates }));
  }
  return found;
}
