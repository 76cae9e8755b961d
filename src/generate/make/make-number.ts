import type { Random } from '../../core/index.ts';
import { compileDrawNumber, type NumberPreference } from '../facts/draw-number.ts';
import { keepsNumberFacts, type NumberFacts } from '../facts/number-facts.ts';
import { compileFaker } from '../faker/x-faker.ts';
import { type Meaning, meaningOf } from '../realism/kind-of-name.ts';
import { nameKinds } from '../realism/kinds.ts';
import { momentOf } from '../realism/shared.ts';
import { fail, type Make, type Run } from '../run.ts';
import type { Leaf } from '../shape/shape.ts';

type Draw = (run: Run, random: Random, owner: Random) => number | undefined;

/** Compiles the maker of numbers: what the name suggests where the bounds allow it, else any number inside them. */
export function compileNumber(leaf: Leaf, kind: 'integer' | 'fraction', names: readonly string[]): Make {
  const facts = leaf.number(kind);
  const meaning = meaningOf(names);
  const draw = compileDrawNumber(facts, preferenceOf(meaning, kind));
  const ways: Draw[] = [...xFakerWay(leaf), ...ownWay(meaning, facts, names)];
  const barred = new Set(leaf.barred.filter((value) => typeof value === 'number'));
  const isFine = (value: number) => keepsNumberFacts(facts, value) && !barred.has(value);
  return (run, random, owner) => {
    for (const way of ways) {
      const value = way(run, random, owner);
      if (value !== undefined && isFine(value)) return value;
    }
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const value = draw(attempt + run.attempt === 0 ? random : random.fork(attempt + run.attempt));
      if (value === undefined) break;
      if (!barred.has(value)) return value;
    }
    return fail(run, `no number was found between ${facts.minimum} and ${facts.maximum}`, false);
  };
}

function preferenceOf(
  meaning: Meaning | undefined,
  kind: 'integer' | 'fraction',
): NumberPreference | undefined {
  if (meaning?.kind === 'named') return nameKinds[meaning.name]?.number;
  return kind === 'integer' ? { minimum: 1, maximum: 1000, decimals: 0 } : undefined;
}

function xFakerWay(leaf: Leaf): Draw[] {
  const wish = leaf.parts.find((part) => part['x-faker'] !== undefined)?.['x-faker'];
  if (wish === undefined) return [];
  const call = compileFaker(wish);
  return [
    (run, random) => {
      const value = call(run, random);
      if (typeof value === 'string' && value !== '') return Number(value);
      return typeof value === 'number' ? value : undefined;
    },
  ];
}

function ownWay(meaning: Meaning | undefined, facts: NumberFacts, names: readonly string[]): Draw[] {
  if (meaning?.kind === 'moment') {
    const unit = isInMilliseconds(facts, names) ? 1 : 1000;
    return [(run, _, owner) => Math.floor(momentOf(run, owner, meaning) / unit)];
  }
  if (meaning?.kind === 'bound') return [boundWay(meaning, facts)];
  const own = meaning?.kind === 'named' ? nameKinds[meaning.name]?.drawNumber : undefined;
  return own === undefined ? [] : [own];
}

function isInMilliseconds(facts: NumberFacts, names: readonly string[]): boolean {
  const name = names.at(-1) ?? '';
  return /(?:ms|millis|milliseconds)$/i.test(name) || facts.minimum > 10_000_000_000;
}

/** `min_price` and `max_price` of one object share a middle, so the one is never above the other. */
function boundWay(meaning: Extract<Meaning, { kind: 'bound' }>, facts: NumberFacts): Draw {
  const usual = meaning.of === undefined ? undefined : nameKinds[meaning.of]?.number;
  const { minimum, maximum } = usual ?? { minimum: 1, maximum: 1000 };
  const middle = (minimum + maximum) / 2;
  const draw = compileDrawNumber(
    facts,
    meaning.side === 'least'
      ? { minimum, maximum: Math.floor(middle), decimals: 0 }
      : { minimum: Math.ceil(middle), maximum, decimals: 0 },
  );
  return (_, random) => draw(random);
}
