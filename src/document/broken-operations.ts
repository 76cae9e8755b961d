import type { Finding } from '../core/index.ts';
import { memberOf } from './grammar.ts';
import type { Kind } from './kind.ts';
import type { OperationFacts } from './operation.ts';
import { isObject, listOf } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { descend, type Located } from './source-file.ts';

interface Visit {
  readonly place: Located;
  readonly kind: Kind;
}

/** Tells for an operation which broken reference it reaches, if any. What was found whole once is not walked again. */
export function brokenOperations(
  references: References,
  broken: ReadonlyMap<object, Finding>,
): OperationFacts['getFault'] {
  const whole = new Set<object>();
  return ({ place, shared }) => {
    if (broken.size === 0) return undefined;
    const seen = new Set<object>();
    const stack: Visit[] = [{ place, kind: 'operation' }, ...shared.flatMap(parametersOf)];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const node = next.place.value;
      if (!isObject(node) || seen.has(node) || whole.has(node)) continue;
      const found = broken.get(node);
      if (found !== undefined) return found;
      seen.add(node);
      stack.push(...below(next, references));
    }
    for (const node of seen) whole.add(node);
    return undefined;
  };
}

function parametersOf(list: Located): Visit[] {
  return listOf(list.value).map((_, index) => ({ place: descend(list, index), kind: 'parameter' }));
}

function below({ place, kind }: Visit, references: References): Visit[] {
  const found: Visit[] = [];
  if (referenceOf(place.value) !== undefined) {
    const target = references.next(place);
    if (!isFault(target)) found.push({ place: target, kind });
  }
  for (const key of Object.keys(place.value as object)) {
    const member = memberOf(kind, key);
    if (member === undefined || key === '$defs' || key === 'definitions') continue;
    const inner = descend(place, key);
    const parts = member.holding === 'one' ? [inner] : partsOf(inner);
    for (const part of parts) found.push({ place: part, kind: member.kind });
  }
  return found;
}

function partsOf(place: Located): Located[] {
  if (Array.isArray(place.value)) return place.value.map((_, index) => descend(place, index));
  return isObject(place.value) ? Object.keys(place.value).map((key) => descend(place, key)) : [];
}
