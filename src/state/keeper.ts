import { hashText } from '../core/index.ts';
import { allowsType, allPropertiesOf, type PropertyPath } from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { isRecord } from '../wire/index.ts';
import { thingAfter } from './act-on-thing.ts';
import { changeThing } from './change-thing.ts';
import type { Entry, Thing } from './collection.ts';
import { isFlagged } from './flags.ts';
import { isJsonPatch } from './json-patch.ts';
import type { Kind } from './kind.ts';
import { makeThing, withTimes } from './make-thing.ts';
import type { Asked, Outcome } from './outcome.ts';
import { type Keeping, type Place, pathValues, singleId } from './place.ts';
import { judgePreconditions, tagOf } from './preconditions.ts';
import { queryCollection } from './query.ts';
import { askedSchema, type Sending, type Several, sentOf, severalOf } from './sent.ts';
import { bodyOf, bodyOfSeveral, showerOf, showsThing } from './show.ts';
import { freshId, idMember, membersAbove } from './starting-data.ts';
import { conflictOf } from './unique.ts';

/** Does to the things of a session what a request asks for. */
export interface Keeper {
  /** `undefined`: the operation has to do with nothing that is kept. A request that is not carried out changes nothing. */
  act(asked: Asked): Outcome | undefined;
}

/** The most things that one session may have. */
const mostThings = 500_000;

/** Makes the keeper of one document. */
export function createKeeper(keeping: Keeping): Keeper {
  return {
    act(asked) {
      const part = keeping.kinds.partOf(asked.plan.operation);
      if (part === undefined) return undefined;
      const { kind, role, collectionPath, ownedBy } = part;
      const world = keeping.worlds.of(asked.session);
      const named = pathValues(part, asked.path);
      if (
        !keeping.startingData.hasParents(
          world,
          collectionPath,
          named.owners.length > 0 ? named.owners : named.parents,
        )
      )
        return { kind: 'missing', detail: 'There is nothing that this could stand below.' };
      const collection = keeping.startingData.begin(world, kind, named.parents, {
        owners: named.owners,
        ownedBy,
      });
      const act: Act = { keeping, asked, place: { world, kind, collection, ...named, ownedBy } };
      switch (role) {
        case 'list':
          return list(act);
        case 'create':
          return create(act);
        case 'read':
          return withEntry(act, (entry) => shown(act, entry));
        case 'replace':
          return replace(act);
        case 'update':
          return withEntry(act, (entry) => update(act, entry));
        case 'delete':
          return withEntry(act, (entry) => remove(act, entry));
        case 'action':
          return withEntry(act, (entry) => actOn(act, entry));
        default:
          return role satisfies never;
      }
    },
  };
}

/**
 * An action does what its name says, and what its body says of the thing where it answers with the thing. What it answers with is made
 * by its schema, with what the thing has of it.
 */
function actOn(act: Act, entry: Entry): Outcome | undefined {
  const { keeping, asked, place } = act;
  const now = keeping.clock.now();
  const sent = showsThing(place.kind, asked.media) ? (sentOf(act) ?? {}) : {};
  const thing = thingAfter(place.kind, entry.thing, { operation: asked.plan.operation, sent, now });
  if (thing !== entry.thing) {
    const stored = store(act, entry, { thing, now: place.world.tick(now) });
    if (stored.kind !== 'shown') return stored;
  }
  const { body } = shown(act, entry);
  return body === undefined ? undefined : { kind: 'shown', body };
}

interface Act extends Sending {
  readonly keeping: Keeping;
  readonly asked: Asked;
  readonly place: Place;
}

function withEntry(act: Act, then: (entry: Entry) => Outcome | undefined): Outcome | undefined {
  const entry = act.place.collection.get(act.place.id);
  if (entry === undefined) return missing(act);
  return judgePreconditions(act.asked, tagOf(entry)) ?? then(entry);
}

function missing({ place: { kind, id } }: Act): Outcome {
  return { kind: 'missing', detail: `There is no "${id}" in ${kind.resource.noun}.` };
}

function shown({ keeping, asked, place: { kind } }: Act, entry: Entry): Outcome & { readonly kind: 'shown' } {
  const random = keeping.random.fork(kind.resource.name).fork(hashText(entry.id));
  const body = bodyOf(kind, asked.media, { entry, random, now: keeping.clock.now() });
  return { kind: 'shown', body, tag: tagOf(entry), id: entry.id };
}

function list({ keeping, asked, place: { kind, collection, owners, ownedBy } }: Act): Outcome | undefined {
  const { operation } = asked.plan;
  const facts = keeping.kinds.listFacts(operation, kind);
  if (facts === undefined) return undefined;
  const { parameters, shape, created } = facts;
  const question = {
    parameters,
    item: kind.schema,
    query: { ...asked.path, ...asked.headers, ...asked.query },
    created,
    owners,
    ownedBy,
  };
  const { entries, page } = queryCollection(collection, question);
  const isBehindEnd = page.offset > 0 && page.offset >= page.total && parameters.paging?.page !== undefined;
  if (isBehindEnd && operation.responses.has('404') && !operation.path.includes('{'))
    return { kind: 'missing', detail: 'The list has fewer pages.' };
  const shower = showerOf(shape.itemSchema, [kind.resource.noun]);
  const [random, now] = [keeping.random.fork(kind.resource.name), keeping.clock.now()];
  const isNameless = kind.idProperty === undefined && allPropertiesOf(shape.itemSchema).size === 0;
  const show = (entry: Entry): unknown => {
    const row = shower.show(entry, random.fork(hashText(entry.id)), now);
    // A row that may be anything has to tell what the path of the thing is.
    return isNameless && isRecord(row) ? { id: entry.id, ...row } : row;
  };
  return { kind: 'listed', rows: entries.map(isNames(shape.itemSchema) ? idOf(kind) : show), page };
}

/** Whether a list tells no more of its things than their names. */
function isNames(item: Schema): boolean {
  return !allowsType(item, 'object') && (allowsType(item, 'string') || allowsType(item, 'integer'));
}

function idOf({ idProperty }: Kind): (entry: Entry) => unknown {
  return ({ thing, id }) => thing[idProperty ?? ''] ?? id;
}

/** The id that the client chose, where it may. */
function givenId({ place: { kind } }: Act, sent: Thing): unknown {
  const { idProperty } = kind;
  if (idProperty === undefined || isFlagged(kind.properties.get(idProperty), 'readOnly')) return undefined;
  const id = sent[idProperty];
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? id : undefined;
}

/** A body that is no object tells nothing of the thing that it makes: a file, a text. One that is a list makes several. */
function create(act: Act, idOfPath?: unknown): Outcome | undefined {
  const several = severalOf(act);
  if (several !== undefined) return createAll(act, several);
  const made = createOne(act, { sent: sentOf(act) ?? {}, asked: askedSchema(act), idOfPath });
  return 'entry' in made ? { ...shown(act, made.entry), isNew: true } : made;
}

/** All of them, or none where one is in conflict. */
function createAll(act: Act, { things, schema }: Several): Outcome {
  const { kind, collection } = act.place;
  const entries: Entry[] = [];
  for (const sent of things) {
    const made = createOne(act, { sent, asked: schema });
    if (!('entry' in made)) {
      for (const { id } of entries) collection.remove(id);
      return made;
    }
    entries.push(made.entry);
  }
  const random = act.keeping.random.fork(kind.resource.name).fork('several');
  const body = bodyOfSeveral(kind, act.asked.media, { entries, random, now: act.keeping.clock.now() });
  return { kind: 'shown', body, isNew: true };
}

interface Creating {
  readonly sent: Thing;
  /** The schema of what may be sent of it. */
  readonly asked: Schema | undefined;
  readonly idOfPath?: unknown;
}

function createOne(act: Act, { sent, asked, idOfPath }: Creating): { readonly entry: Entry } | Outcome {
  const { keeping, place } = act;
  const { world, kind, collection } = place;
  if (world.size >= mostThings || !world.keeps(kind.resource.name, place.parents))
    return {
      kind: 'full',
      detail: 'This session keeps as much as it may. Delete some things, or reset it.',
    };
  const random = keeping.random.fork(kind.resource.name).fork('created').fork(world.turn());
  const now = world.tick(keeping.clock.now());
  const id = idOfPath ?? givenId(act, sent) ?? freshId(kind, collection, { random, now });
  if (id === undefined)
    return { kind: 'conflict', detail: `Every id that ${kind.resource.noun} can have is taken.` };
  const { thing, isSound } = makeThing(kind, {
    random,
    now,
    sent,
    asked,
    made: keeping.startingData.references(world, kind, random),
    known: { ...said(place), ...idMember(kind, id) },
  });
  const conflict = conflictOf(place, { thing, id: String(id) });
  if (collection.size >= manyThings) collection.expect(filtered(act));
  if (conflict !== undefined) return conflict;
  const entry = collection.add(String(id), thing, place.owners);
  if (isSound) showerOf(kind.schema, [kind.resource.noun]).trust(entry);
  return { entry };
}

/** What the path says of the things at its end. */
function said({ kind, parents, owners, ownedBy }: Place): Thing {
  return { ...membersAbove(kind.above, parents), ...membersAbove(ownedBy, owners) };
}

/** From so many things on, indexes are made before a list asks for them: that takes a moment that would be seen. */
const manyThings = 1000;

function filtered({ keeping, place: { kind } }: Act): readonly PropertyPath[] {
  const { list } = kind.resource.operations;
  return (list === undefined ? undefined : keeping.kinds.listFacts(list, kind)?.filtered) ?? [];
}

function replace(act: Act): Outcome | undefined {
  const { keeping, asked, place } = act;
  const { kind, collection, world } = place;
  const entry = collection.get(place.id === '' ? String(sentOf(act)?.[kind.idProperty ?? '']) : place.id);
  if (entry === undefined)
    return asked.plan.operation.responses.has('201') ? create(act, place.idValue) : missing(act);
  const stopped = judgePreconditions(asked, tagOf(entry));
  const sent = sentOf(act);
  if (stopped !== undefined || sent === undefined) return stopped;
  const now = world.tick(keeping.clock.now());
  const id = givenId(act, sent) ?? entry.thing[kind.idProperty ?? ''];
  const { thing } = makeThing(kind, {
    random: keeping.random.fork(kind.resource.name).fork(hashText(entry.id)),
    now,
    sent,
    asked: askedSchema(act),
    known: { ...said(place), ...idMember(kind, id) },
    before: entry.thing,
  });
  return store(act, entry, { thing, now });
}

function update(act: Act, entry: Entry): Outcome | undefined {
  const { keeping, asked, place } = act;
  const { kind, world } = place;
  const mediaType = asked.body.plan?.mediaType ?? '';
  const isDeclared = /json-patch\+json/i.test(mediaType);
  const isPatch = isDeclared || isJsonPatch(asked.body.value);
  const sent = isPatch ? asked.body.value : sentOf(act);
  if (sent === undefined) return undefined;
  const idProperty = kind.idProperty ?? '';
  const id = (isRecord(sent) ? givenId(act, sent) : undefined) ?? entry.thing[idProperty];
  const known = { ...said(place), ...idMember(kind, id) };
  const changed = changeThing(kind, entry.thing, { sent, mediaType, isPatch, known });
  if ('fault' in changed && isPatch && !isDeclared) return undefined;
  if ('fault' in changed)
    return {
      kind: changed.isTest === true ? 'conflict' : 'refused',
      detail: `The change cannot be made: ${changed.fault}.`,
    };
  return store(act, entry, { thing: changed.thing, now: world.tick(keeping.clock.now()) });
}

function store(act: Act, entry: Entry, { thing, now }: { thing: Thing; now: number }): Outcome {
  const { place } = act;
  const { kind } = place;
  const id = kind.resource.isSingle === true ? singleId : String(thing[kind.idProperty ?? ''] ?? entry.id);
  const conflict = conflictOf({ ...place, id: entry.id }, { thing, id });
  if (conflict !== undefined) return conflict;
  place.collection.replace(entry, withTimes(thing, kind, { now, changedBy: sentOf(act) ?? {} }), id);
  return shown(act, entry);
}

function remove(act: Act, entry: Entry): Outcome {
  const { world, kind, collection, parents } = act.place;
  const { body } = shown(act, entry);
  collection.remove(entry.id);
  world.forget(kind.resource.name, [...parents, entry.id]);
  return { kind: 'shown', body };
}
