import type { Random } from '../../core/index.ts';
import { patternFault } from '../../schema/index.ts';
import { compileTest } from '../facts/pattern-test.ts';
import type { StringFacts } from '../facts/string-facts.ts';
import { compileFaker } from '../faker/x-faker.ts';
import type { NameKind } from '../realism/draw.ts';
import { type Meaning, meaningOf } from '../realism/kind-of-name.ts';
import { nameKinds } from '../realism/kinds.ts';
import { fail, isTooLong, type Make, type Run, textLimit } from '../run.ts';
import type { Leaf } from '../shape/shape.ts';
import { fitText } from '../text/fit-text.ts';
import { formatKinds, formats } from '../text/formats.ts';
import { fitsLength } from '../text/length.ts';
import { compileMakeText, maximumSteps } from '../text/make-text.ts';
import { parsePattern } from '../text/parse-pattern.ts';
import { lengthsOf } from '../text/pattern-tree.ts';

/** One way to come to a text. `sure`: its texts are of every format that is asked for. */
interface Way {
  readonly draw: (run: Run, random: Random, owner: Random, attempt: number) => string | undefined;
  readonly sure: boolean;
  readonly tries: number;
}

/** How often a way is tried where the place is being made again as a whole. */
const laterTries = 8;

const lengthLimit = 1_000_000;

/** Compiles the maker of texts: the ways are tried in order until a text keeps lengths, patterns and exclusions. */
export function compileString(leaf: Leaf, names: readonly string[]): Make {
  const facts = leaf.string();
  if (facts.minLength > lengthLimit)
    return (run) =>
      fail(run, `a text of ${facts.minLength} characters is more than the limit of ${lengthLimit}`, false);
  const ways = waysOf(leaf, facts, names);
  const isFine = compileIsFine(leaf, facts);
  return (run, random, owner) => {
    for (const way of ways) {
      const tries = run.attempt === 0 ? way.tries : Math.min(way.tries, laterTries);
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const text = way.draw(run, random, owner, attempt + run.attempt);
        if (text === undefined || !isFine(text)) continue;
        if (!way.sure) run.uncertain = true;
        run.characters += text.length;
        return isTooLong(run) ? fail(run, tooMuchText, false) : text;
      }
    }
    return fail(run, whyNot(facts), false);
  };
}

const tooMuchText = `more than ${textLimit} characters are needed in all`;

function whyNot(facts: StringFacts): string {
  const wants = [
    ...facts.patterns.map((pattern) => `the pattern "${pattern}"`),
    ...facts.formats.map((format) => `the format "${format}"`),
    `a length from ${facts.minLength} to ${facts.maxLength}`,
  ];
  return `no text with ${wants.join(' and ')} was found`;
}

function compileIsFine(leaf: Leaf, facts: StringFacts): (text: string) => boolean {
  const { minLength, maxLength } = facts;
  const wanted = facts.patterns.filter((pattern) => patternFault(pattern) === undefined).map(compileTest);
  const unwanted = facts.notPatterns.map(compileTest);
  const barred = new Set(leaf.barred);
  const isFitting = (text: string): boolean => fitsLength(text, minLength, maxLength);
  if (wanted.length + unwanted.length + barred.size === 0) return isFitting;
  return (text) =>
    isFitting(text) &&
    wanted.every((test) => test(text)) &&
    !unwanted.some((test) => test(text)) &&
    !barred.has(text);
}

function waysOf(leaf: Leaf, facts: StringFacts, names: readonly string[]): Way[] {
  const checked = facts.formats.filter((format) => Object.hasOwn(formats, format));
  const meaning = meaningOf(names);
  const ways = [
    ...xFakerWays(leaf, checked),
    ...formatWays(facts, checked, meaning),
    ...encodingWays(facts, checked),
  ];
  if (checked.length === 0) ways.push(...nameWays(facts, meaning));
  const isSure = checked.length === 0;
  ways.push(...facts.patterns.flatMap((pattern) => patternWay(pattern, facts, isSure)));
  if (checked.length > 0) return ways;
  if (facts.patterns.length === 0 || facts.notPatterns.length > 0) ways.push(wordWay(facts));
  ways.push(lettersWay(facts));
  return ways;
}

function xFakerWays(leaf: Leaf, checked: readonly string[]): Way[] {
  const wish = leaf.parts.find((part) => part['x-faker'] !== undefined)?.['x-faker'];
  if (wish === undefined) return [];
  const { minLength, maxLength } = leaf.string();
  const call = compileFaker(wish);
  const draw: Way['draw'] = (run, random, _, attempt) => {
    const value = call(run, attempt === 0 ? random : random.fork(attempt));
    if (value === undefined || (typeof value === 'object' && !(value instanceof Date))) return undefined;
    const text = value instanceof Date ? value.toISOString() : String(value);
    return checked.length > 0 ? text : fitText(text, random, { minLength, maxLength });
  };
  return [{ draw, sure: checked.length === 0, tries: 5 }];
}

const anyMoment = { from: 0, to: 0 };

function formatWays(facts: StringFacts, checked: readonly string[], meaning: Meaning | undefined): Way[] {
  const ways: Way[] = [];
  const named = kindOfMeaning(meaning);
  const moment = meaning?.kind === 'moment' ? meaning : anyMoment;
  const needs = { minLength: facts.minLength, maxLength: facts.maxLength, moment };
  const sure = checked.length === 1;
  const tries = facts.patterns.length > 0 ? 100 : 5;
  for (const format of checked) {
    const own = named?.text;
    if (own !== undefined && named?.formats?.includes(format) === true)
      ways.push({ draw: retried(own), sure, tries: 2 });
    const drawn = formats[format];
    if (drawn === undefined) continue;
    const draw = retried((run, random, owner) => drawn(run, random, owner, needs));
    ways.push({ draw, sure, tries });
  }
  return ways;
}

/** https://json-schema.org/draft/2020-12/json-schema-validation#section-8.3: bytes as text, whatever the name says. */
function encodingWays(facts: StringFacts, checked: readonly string[]): Way[] {
  const draw = formats.byte;
  if (checked.length > 0 || draw === undefined || !/^base64(?:url)?$/i.test(facts.contentEncoding ?? ''))
    return [];
  const needs = { minLength: facts.minLength, maxLength: facts.maxLength, moment: anyMoment };
  return [{ draw: retried((run, random, owner) => draw(run, random, owner, needs)), sure: true, tries: 2 }];
}

/** The first try draws from the value's own stream and object; later ones from streams of their own. */
function retried(draw: (run: Run, random: Random, owner: Random) => string): Way['draw'] {
  return (run, random, owner, attempt) =>
    attempt === 0 ? draw(run, random, owner) : draw(run, random.fork(attempt), random.fork(attempt));
}

function kindOfMeaning(meaning: Meaning | undefined): NameKind | undefined {
  return meaning?.kind === 'named' ? nameKinds[meaning.name] : undefined;
}

function nameWays(facts: StringFacts, meaning: Meaning | undefined): Way[] {
  const fromFormat = facts.formats.map((format) => formatKinds[format]).find((kind) => kind !== undefined);
  const kind = fromFormat === undefined ? kindOfMeaning(meaning) : nameKinds[fromFormat];
  const draw = kind?.text ?? textOfMeaning(meaning, facts);
  if (draw === undefined) return [];
  const drawn = retried(draw);
  const fit: Way['draw'] = (run, random, owner, attempt) =>
    fitText(drawn(run, random, owner, attempt) ?? '', random, facts);
  return [{ draw: fit, sure: true, tries: facts.patterns.length > 0 ? 1 : 5 }];
}

function textOfMeaning(
  meaning: Meaning | undefined,
  facts: StringFacts,
): ((run: Run, random: Random, owner: Random) => string) | undefined {
  if (meaning?.kind !== 'moment') return undefined;
  const draw = formats['date-time'];
  if (draw === undefined) return undefined;
  const needs = { minLength: facts.minLength, maxLength: facts.maxLength, moment: meaning };
  return (run, random, owner) => draw(run, random, owner, needs);
}

function patternWay(pattern: string, facts: StringFacts, sure: boolean): Way[] {
  const tree = parsePattern(pattern);
  if (tree === undefined || lengthsOf(tree)[0] > maximumSteps) return [];
  const make = compileMakeText(tree, facts.minLength, facts.maxLength);
  const draw: Way['draw'] = (_, random, __, attempt) =>
    make(attempt === 0 ? random : random.fork(attempt), attempt);
  return [{ draw, sure, tries: 300 }];
}

/** A word where nothing says what is wanted; two where a longer text is asked for. */
function wordWay(facts: StringFacts): Way {
  const draw = retried(({ bench }, random) =>
    facts.minLength > 12
      ? `${random.pick(bench.adjectives)} ${random.pick(bench.nouns)}`
      : random.pick(bench.nouns),
  );
  const fit: Way['draw'] = (run, random, owner, attempt) =>
    fitText(draw(run, random, owner, attempt) ?? '', random, facts);
  return { draw: fit, sure: true, tries: 20 };
}

function lettersWay(facts: StringFacts): Way {
  const draw = retried((_, random) => {
    const length = Math.min(facts.maxLength, Math.max(facts.minLength, random.integer(1, 12)));
    let text = '';
    for (let index = 0; index < length; index += 1)
      text += String.fromCharCode(random.chance(0.2) ? random.integer(48, 57) : random.integer(97, 122));
    return text;
  });
  return { draw, sure: true, tries: 200 };
}
