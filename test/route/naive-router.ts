import type { ApiOperation } from '../../src/document/index.ts';
import type { Router, RouterAnswer } from '../laws/router.ts';

/*
 * The rules of routing once more, as slow and plain as can be: every template is held against every request with regular
 * expressions, and what fits is sorted. It shares no code with src/route.
 */

type Rank = readonly number[];

interface Fit {
  readonly operation: ApiOperation;
  readonly values: readonly (readonly [name: string, value: string])[];
  /** Of the base path first, then each segment, the slash, the place in the document. Smaller is better. */
  readonly rank: Rank;
}

/** Base paths: written out and then with any value in place of a variable. */
interface Bases {
  readonly literal: readonly string[];
  readonly shape: string | undefined;
}

export function createNaiveRouter(operations: readonly ApiOperation[]): Router {
  return {
    match(method, target) {
      const [beforeHash = ''] = target.split('#');
      const mark = beforeHash.indexOf('?');
      const path = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
      const query = mark < 0 ? '' : beforeHash.slice(mark + 1);
      const fits = operations.flatMap((operation, index) => fitsOf(operations, { operation, index, path }));
      fits.sort((left, right) => compareRanks(left.rank, right.rank));
      return answerOf(fits, method, query);
    },
  };
}

function answerOf(fits: readonly Fit[], method: string, query: string): RouterAnswer {
  for (const place of groupBy(fits, (fit) => fit.rank.slice(0, -1).join())) {
    const declared = place.find((fit) => fit.operation.method === method);
    const fit =
      declared ?? (method === 'HEAD' ? place.find((one) => one.operation.method === 'GET') : undefined);
    if (fit === undefined) continue;
    const head = method === 'HEAD' && declared === undefined;
    const rawPathParameters = Object.assign(Object.create(null), Object.fromEntries(fit.values));
    return { kind: 'found', operation: fit.operation, rawPathParameters, query, head };
  }
  if (fits.length === 0) return { kind: 'not-found' };
  const methods = fits.flatMap(({ operation }) =>
    operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method],
  );
  const kind = method === 'OPTIONS' ? 'options' : 'method-not-allowed';
  return { kind, allow: [...new Set([...methods, 'OPTIONS'])] };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

interface Question {
  readonly operation: ApiOperation;
  readonly index: number;
  readonly path: string;
}

function fitsOf(operations: readonly ApiOperation[], { operation, index, path }: Question): Fit[] {
  const { literal, shape } = basesOf(operation);
  const attempts: [base: string, rank: number][] = [
    ...literal.filter((base) => base !== '').map((base): [string, number] => [base, -pieces(base).length]),
    ['', 0],
    ...(shape === undefined ? [] : [[shape, 1] satisfies [string, number]]),
  ];
  const fits: Fit[] = [];
  for (const [base, baseRank] of attempts) {
    const template = pieces(base + operation.path);
    const request = pieces(path);
    const values = matchAll(template, request);
    if (values === undefined) continue;
    const inBase = pieces(base).length;
    const own = template.slice(inBase);
    const ranks = own.flatMap((_, depth) => rankOf(operations, own.slice(0, depth + 1)));
    const slash = operation.path.endsWith('/') === path.endsWith('/') ? 0 : 1;
    const names = new Set([...operation.path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]));
    const named = values.slice(values.length - names.size);
    fits.push({ operation, values: named, rank: [baseRank, ...ranks, slash, index] });
  }
  return fits;
}

/** Variables of a server that hold a slash or nothing are written out, others may be anything. */
function basesOf(operation: ApiOperation): Bases {
  const literal: string[] = [];
  let shape: string | undefined;
  for (const server of operation.servers) {
    let texts = [withoutOrigin(server.url)];
    let open = texts[0] as string;
    for (const [name, variable] of server.variables) {
      const all = [variable.default, ...(variable.enum ?? [])];
      texts = texts.flatMap((text) => all.map((value) => text.replaceAll(`{${name}}`, value)));
      if (all.some((value) => value === '' || value.includes('/')))
        open = open.replaceAll(`{${name}}`, variable.default);
    }
    literal.push(...texts.map((text) => tidy(withoutOrigin(text))));
    if (open.includes('{')) shape = tidy(withoutOrigin(open));
  }
  return { literal: [...new Set(literal)], shape };
}

function withoutOrigin(url: string): string {
  return url.replace(/^([^/]*:)?\/\/[^/]*/, '');
}

function tidy(path: string): string {
  return pieces(new URL(path.replaceAll('{', '(').replaceAll('}', ')'), 'http://x/').pathname)
    .map((piece) => `/${piece}`)
    .join('')
    .replaceAll('(', '{')
    .replaceAll(')', '}');
}

function pieces(path: string): string[] {
  return path.split('/').filter((piece) => piece !== '');
}

function matchAll(template: readonly string[], request: readonly string[]): [string, string][] | undefined {
  if (template.length !== request.length) return undefined;
  const values: [string, string][] = [];
  for (const [index, piece] of template.entries()) {
    const found = matchOne(piece, request[index] as string);
    if (found === undefined) return undefined;
    values.push(...found);
  }
  return values;
}

function matchOne(piece: string, raw: string): [string, string][] | undefined {
  const names = [...piece.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] as string);
  if (names.length === 0) return decode(piece) === decode(raw) ? [] : undefined;
  const texts = piece.split(/\{[^{}]*\}/).map(decode);
  const hasExtension = texts.length > 2 && texts.at(-1) === '' && texts.at(-2) === '.';
  const source = texts
    .map((text, at) => escapeText(text) + (hasExtension && at === texts.length - 3 ? '(.+)' : '(.+?)'))
    .join('')
    .slice(0, -'(.+?)'.length);
  const pattern = new RegExp(`^${source}$`, 'dsu');
  const whole = decode(raw) !== raw;
  const units = whole ? (raw.match(/(?:%[0-9a-f]{2})+|[^%]|%/gisu) ?? []).flatMap(splitRun) : [...raw];
  const masked = units.map((unit) =>
    unit.startsWith('%') && decode(unit) < '\x80' ? '\u{10FFFF}' : decode(unit),
  );
  for (const shown of whole ? [masked, units.map(decode)] : [units]) {
    const found = pattern.exec(shown.join(''));
    if (found === null) continue;
    return names.map((name, index) => {
      const [start, end] = found.indices?.[index + 1] ?? [0, 0];
      return [name, unitsBetween({ units, shown }, start, end)];
    });
  }
  return undefined;
}

/** The raw units whose shown texts stand between two places. */
function unitsBetween(
  { units, shown }: { readonly units: readonly string[]; readonly shown: readonly string[] },
  start: number,
  end: number,
): string {
  let position = 0;
  let text = '';
  for (const [index, unit] of units.entries()) {
    if (position >= start && position < end) text += unit;
    position += (shown[index] as string).length;
  }
  return text;
}

/** A run of encoded bytes as one unit per character. */
function splitRun(run: string): string[] {
  if (!run.startsWith('%') || decode(run) === run) return [run];
  return [...decode(run)].map((character) => {
    const length = new TextEncoder().encode(character).length * 3;
    const unit = run.slice(0, length);
    run = run.slice(length);
    return unit;
  });
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The kind of the last piece, how much it fixes, and where its shape first stands below the same pieces. */
function rankOf(operations: readonly ApiOperation[], own: readonly string[]): Rank {
  const last = own.at(-1) ?? '';
  const shape = shapeOf(own);
  const first = operations.findIndex((one) => shapeOf(pieces(one.path).slice(0, own.length)) === shape);
  const texts = last.split(/\{[^{}]*\}/).map(decode);
  if (texts.length === 1) return [0, 0, 0, 0];
  if (texts.join('') === '' && texts.length === 2) return [2, 0, 0, 0];
  return [1, -texts.join('').length, -(texts[0] ?? '').length, first];
}

function shapeOf(own: readonly string[]): string {
  return own
    .map((piece) =>
      piece
        .split(/\{[^{}]*\}/)
        .map(decode)
        .join('{}'),
    )
    .join('/');
}

function compareRanks(left: Rank, right: Rank): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    if (value !== other) return value - other;
  }
  return left.length - right.length;
}
