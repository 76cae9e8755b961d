import type { ApiDocument } from '../document/index.ts';
import { inferParts, inferResources, type KeptPart } from './resources/index.ts';

/** An operation that has a part in what is kept beyond the collections that have both a path and items below it. */
export interface DescribedPart {
  /** `POST /items/{id}/publish`. */
  readonly operation: string;
  /** What it does, in words: `acts on one of /items`. */
  readonly does: string;
}

/** Tells what is inferred beyond `describeResources`: single things, lists elsewhere, things without a path, actions. */
export function describeParts(document: ApiDocument): DescribedPart[] {
  const usual = inferResources(document);
  const found: DescribedPart[] = [];
  for (const [operation, part] of inferParts(document)) {
    if (usual.get(operation)?.resource === part.resource) continue;
    found.push({ operation: `${operation.method} ${operation.path}`, does: wordsOf(part) });
  }
  return found;
}

function wordsOf({ resource: { name, isSingle, operations }, role, owners }: KeptPart): string {
  if (isSingle === true) return `${role}s the one thing there is`;
  const isOwn = operations.read === undefined && operations.replace === undefined;
  const of = owners.length > 0 ? `of ${name} that belong to what its path names` : `of ${name}`;
  switch (role) {
    case 'action':
      return `acts on one of ${name}`;
    case 'list':
      return isOwn && owners.length === 0
        ? 'lists things that have no path of their own'
        : `lists those ${of}`;
    case 'create':
      return isOwn && owners.length === 0 ? 'makes things that have no path of their own' : `makes one ${of}`;
    case 'replace':
      return `replaces the one of ${name} that its body names`;
    default:
      return `${role}s one of ${name}`;
  }
}
