import type { ApiDocument, ApiOperation } from '../document/index.ts';
import {
  answeredThing,
  type Effect,
  effectsOf,
  inferParts,
  inferResources,
  type KeptPart,
} from './resources/index.ts';

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
    found.push({ operation: `${operation.method} ${operation.path}`, does: wordsOf(operation, part) });
  }
  return found;
}

function wordsOf(operation: ApiOperation, part: KeptPart): string {
  const {
    resource: { name, isSingle, operations },
    role,
    owners,
  } = part;
  if (isSingle === true) return `${role}s the one thing there is`;
  const isOwn = operations.read === undefined && operations.replace === undefined;
  const of = owners.length > 0 ? `of ${name} that belong to what its path names` : `of ${name}`;
  switch (role) {
    case 'action':
      return `acts on one of ${name}${effectWords(operation, part)}`;
    case 'list':
      return isOwn && owners.length === 0
        ? 'lists things that have no path of their own'
        : `lists those ${of}`;
    case 'create':
      if (!isOwn && owners.length === 0) return `makes several of ${name} at once`;
      return isOwn && owners.length === 0 ? 'makes things that have no path of their own' : `makes one ${of}`;
    case 'replace':
      return `replaces the one of ${name} that its body names`;
    default:
      return `${role}s one of ${name}`;
  }
}

/** `, sets published_at to the time, status to "published"`. */
function effectWords(operation: ApiOperation, { resource }: KeptPart): string {
  const effects = effectsOf(operation, answeredThing(resource));
  return effects.length === 0 ? '' : `, sets ${effects.map(effectText).join(', ')}`;
}

function effectText({ property, to }: Effect): string {
  return `${property} to ${to.kind === 'now' ? 'the time' : JSON.stringify(to.value)}`;
}
