import type { ApiOperation } from '../document/index.ts';
import { type Effect, effectsOf } from '../plan/index.ts';
import { compileSchema, follow } from '../schema/index.ts';
import { setOwn } from '../wire/index.ts';
import { changeThing } from './change-thing.ts';
import type { Thing } from './collection.ts';
import type { Kind } from './kind.ts';

/** An action on a thing: the operation, what its body says of the thing, and when. */
export interface Acting {
  readonly operation: ApiOperation;
  readonly sent: Thing;
  readonly now: number;
}

const known = new WeakMap<ApiOperation, readonly Effect[]>();

/** The thing as it is after an action: the same one where that changes nothing, or nothing that its schema lets in. */
export function thingAfter(kind: Kind, before: Thing, { operation, sent, now }: Acting): Thing {
  if (operation.method === 'GET') return before;
  const effects = known.get(operation) ?? effectsOf(operation, kind.schema);
  known.set(operation, effects);
  const told = Object.fromEntries(Object.entries(sent).filter(([name]) => kind.properties.has(name)));
  let thing = before;
  if (Object.keys(told).length > 0) {
    const changed = changeThing(kind, before, {
      sent: told,
      mediaType: '',
      isPatch: false,
      known: idOf(kind, before),
    });
    if ('thing' in changed) thing = changed.thing;
  }
  for (const { property, to } of effects) {
    const candidate = { ...thing };
    setOwn(candidate, property, to.kind === 'now' ? timeOf(kind, property, now) : to.value);
    if (compileSchema(kind.schema).isValid(candidate)) thing = candidate;
  }
  return thing;
}

/** What a thing is named by stays, whatever an action's body calls so. */
function idOf({ idProperty }: Kind, thing: Thing): Thing {
  return idProperty === undefined || !Object.hasOwn(thing, idProperty)
    ? {}
    : { [idProperty]: thing[idProperty] };
}

function timeOf({ properties }: Kind, property: string, now: number): string {
  const node = follow(properties.get(property) ?? true);
  const text = new Date(now).toISOString();
  return typeof node === 'object' && node.format === 'date' ? text.slice(0, 10) : text;
}
