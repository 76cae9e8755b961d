import type { Random } from '../../core/index.ts';
import type { Kind } from '../facts/type-set.ts';
import { compileFaker } from '../faker/x-faker.ts';
import { freeMembers } from '../realism/free-objects.ts';
import { meaningOf } from '../realism/kind-of-name.ts';
import { nameKinds } from '../realism/kinds.ts';
import { fail, failed, type Make, type Run } from '../run.ts';
import { isKindImpossible } from '../shape/analysis.ts';
import { isCertain } from '../shape/certainty.ts';
import { holdsForScalar } from '../shape/listed.ts';
import type { Leaf, Shape } from '../shape/shape.ts';
import type { Kit } from './kit.ts';
import { compileArray } from './make-array.ts';
import { compileNumber } from './make-number.ts';
import { compileObject } from './make-object.ts';
import { compileString } from './make-string.ts';
import { compileWish } from './make-wish.ts';

/** The kinds that a value is chosen between; whole numbers and fractions are one. */
type Group = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'string';

interface Way {
  readonly group: Group;
  readonly make: Make;
}

/** Compiles the maker of a place where only the kind of value is left to choose. */
export function compileLeaf(kit: Kit, shape: Shape, leaf: Leaf, names: readonly string[]): Make {
  const make = compileWish(
    leaf,
    leaf.values === undefined ? compileGroups(kit, shape, leaf, names) : compileListed(leaf, leaf.values),
  );
  let certain: boolean | undefined;
  return (run, random, owner) => {
    const value = make(run, random, owner);
    certain ??= isCertain(shape);
    if (!certain) run.uncertain = true;
    return value;
  };
}

function compileListed(leaf: Leaf, listed: readonly unknown[]): Make {
  const values = listed.filter((value) => holdsForScalar(leaf, value));
  if (values.length === 0)
    return (run) => fail(run, 'none of the listed values keeps the other keywords', true);
  const [only] = values;
  if (values.length === 1) return () => only;
  const usual = values.filter((value) => value !== null && value !== '');
  return (run, random) => {
    const own = run.attempt > 0 ? random.fork(run.attempt) : random;
    return own.pick(usual.length > 0 && run.attempt < 5 ? usual : values);
  };
}

function compileGroups(kit: Kit, shape: Shape, leaf: Leaf, names: readonly string[]): Make {
  const ways: Way[] = [];
  for (const group of groupsOf(shape, leaf, names)) {
    let made: Make | undefined;
    ways.push({
      group,
      make: (run, random, owner) => {
        made ??= compileGroup(kit, { shape, leaf, group }, names);
        return made(run, random, owner);
      },
    });
  }
  const [only] = ways;
  if (only === undefined) return (run) => fail(run, noType, true);
  if (ways.length === 1) return only.make;
  const orderOf = compileOrder(leaf, ways);
  return (run, random, owner) => {
    for (const way of orderOf(run, random)) {
      const value = way.make(run, random, owner);
      if (value !== failed) return value;
    }
    return failed;
  };
}

const noType = 'its schemas have no type in common';

/** Compiles the order in which ways are tried: each in front of the others, drawn anew for every value. */
function compileOrder(leaf: Leaf, ways: readonly Way[]): (run: Run, random: Random) => readonly Way[] {
  const isOpen = leaf.parts.every((part) => part.type === undefined);
  const lightest = ways.toSorted((one, other) => weight(one) - weight(other));
  const orders = ways.map((first) => [first, ...ways.filter((way) => way !== first)]);
  const valued = orders.filter(([first]) => first?.group !== 'null');
  const nulls = orders.filter(([first]) => first?.group === 'null');
  return (run, random) => {
    if (isOpen && run.attempt < 8) return ways;
    if (run.allowance < 4) return lightest;
    const isNull = nulls.length > 0 && random.fork(streamOf('~null', run)).chance(0.1);
    const pool = isNull ? nulls : valued;
    return pool.length === 1 ? (pool[0] ?? ways) : random.fork(streamOf('~type', run)).pick(pool);
  };
}

function streamOf(name: string, { attempt }: Run): string {
  return attempt === 0 ? name : `${name}${attempt}`;
}

function weight({ group }: Way): number {
  if (group === 'null') return 0;
  if (group === 'object') return 3;
  return group === 'array' ? 2 : 1;
}

function groupsOf(shape: Shape, leaf: Leaf, names: readonly string[]): Group[] {
  const groups = new Set(leaf.kinds.filter((kind) => !isKindImpossible(shape, leaf, kind)).map(groupOf));
  if (leaf.parts.some((part) => part.type !== undefined)) return [...groups];
  const likely = likelyGroup(leaf, names);
  return groups.has(likely) ? [likely, ...[...groups].filter((group) => group !== likely)] : [...groups];
}

function groupOf(kind: Kind): Group {
  return kind === 'integer' || kind === 'fraction' ? 'number' : kind;
}

const telling: readonly (readonly [Group, readonly string[]])[] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'minProperties',
      'maxProperties',
      'propertyNames',
      'dependentRequired',
      'unevaluatedProperties',
    ],
  ],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains', 'unevaluatedItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'format', 'contentEncoding', 'contentMediaType']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** What a schema without `type` is most likely meant for: what its keywords speak of, else what its name suggests. */
function likelyGroup(leaf: Leaf, names: readonly string[]): Group {
  for (const [group, keywords] of telling) {
    if (leaf.parts.some((part) => keywords.some((keyword) => Object.hasOwn(part, keyword)))) return group;
  }
  if (freeMembers(names).length > 0) return 'object';
  const meaning = meaningOf(names);
  if (meaning?.kind === 'flag') return 'boolean';
  if (meaning?.kind === 'moment') return 'string';
  if (meaning?.kind !== 'named') return names.length === 0 ? 'object' : 'object';
  return nameKinds[meaning.name]?.text === undefined ? 'number' : 'string';
}

function compileGroup(
  kit: Kit,
  { shape, leaf, group }: { shape: Shape; leaf: Leaf; group: Group },
  names: readonly string[],
): Make {
  switch (group) {
    case 'null':
      return (run) => (leaf.barred.includes(null) ? fail(run, 'null is excluded', true) : null);
    case 'boolean':
      return compileBoolean(leaf);
    case 'number':
      return compileNumberGroup(leaf, names);
    case 'string':
      return possible(leaf.string().impossible, () => compileString(leaf, names));
    case 'array':
      return possible(leaf.array().impossible, () => compileArray(kit, shape, leaf.array(), names));
    case 'object':
      return possible(leaf.object().impossible, () => compileObject(kit, shape, leaf.object(), names));
  }
}

function compileNumberGroup(leaf: Leaf, names: readonly string[]): Make {
  const kind = leaf.kinds.includes('fraction') ? 'fraction' : 'integer';
  return possible(leaf.number(kind).impossible, () => compileNumber(leaf, kind, names));
}

function possible(reason: string | undefined, compile: () => Make): Make {
  return reason === undefined ? compile() : (run) => fail(run, reason, true);
}

function compileBoolean(leaf: Leaf): Make {
  const values = [true, false].filter((value) => !leaf.barred.includes(value));
  if (values.length === 0) return (run) => fail(run, 'true and false are both excluded', true);
  const wish = leaf.parts.find((part) => part['x-faker'] !== undefined)?.['x-faker'];
  const call = wish === undefined ? undefined : compileFaker(wish);
  return (run: Run, random: Random) => {
    const made = call?.(run, random);
    if (typeof made === 'boolean' && values.includes(made)) return made;
    return (run.attempt > 0 ? random.fork(run.attempt) : random).pick(values);
  };
}
