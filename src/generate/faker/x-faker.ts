import type { Faker } from '@faker-js/faker';
import type { Random } from '../../core/index.ts';
import type { Run } from '../run.ts';
import type { Bench } from './bench.ts';

/** Calls faker; `undefined` where there is no such method, or it does not like its arguments. */
export type CallFaker = (run: Pick<Run, 'bench' | 'now'>, random: Random) => unknown;

/**
 * Compiles the call of the faker method that `x-faker` names: `'internet.email'`, `{ 'helpers.arrayElement': [[1, 2]] }`, or
 * `['helpers.arrayElement', [1, 2]]`.
 */
export function compileFaker(wish: unknown): CallFaker {
  const call = readBoundedCall(wish);
  if (call === undefined) return () => undefined;
  const list = listOf(call);
  if (list !== undefined) return (_, random) => random.pick(list);
  let found: { readonly bench: Bench; readonly method: (() => unknown) | undefined } | undefined;
  return ({ bench, now }, random) => {
    const faker = bench.use(random, now);
    if (found?.bench !== bench) found = { bench, method: methodOf(faker, call) };
    try {
      return found.method?.();
    } catch {
      return undefined;
    }
  };
}

/** The list that a wish takes one item of, where it asks for no more than that. */
export function listOfWish(wish: unknown): readonly unknown[] | undefined {
  const call = readBoundedCall(wish);
  return call === undefined ? undefined : listOf(call);
}

/** What of faker's nobody expects to be another one each time. */
const common =
  /^(?:animal|color|datatype|date|food|location|lorem|music|number|science|system|word)\.|^internet\.(?:emoji|http\w*|ip\w*|port|protocol|userAgent)$/;

/** Whether what a wish makes may be the same in several things: a choice of what is listed, a number, an address, a word. */
export function mayRepeatWish(wish: unknown): boolean {
  const call = readCall(wish);
  return call !== undefined && (listOf(call) !== undefined || common.test(call.method));
}

/** The list that one item is to be taken of, where it is no more than that: faker takes ten times as long to pick it. */
function listOf({ method, parameters }: Call): readonly unknown[] | undefined {
  const [list] = parameters;
  const isPick = method === 'helpers.arrayElement' && parameters.length === 1;
  return isPick && Array.isArray(list) && list.length > 0 ? list : undefined;
}

function methodOf(faker: Faker, { method: path, parameters }: Call): (() => unknown) | undefined {
  const [moduleName = '', methodName = ''] = path.split('.');
  const module: unknown = Object.hasOwn(faker, moduleName) ? Reflect.get(faker, moduleName) : undefined;
  if (typeof module !== 'object' || module === null || !isMethod(module, methodName)) return undefined;
  const method: unknown = Reflect.get(module, methodName);
  return typeof method === 'function' ? () => Reflect.apply(method, module, parameters) : undefined;
}

/** Modules whose numbers are values, not amounts of work. */
const unbounded: ReadonlySet<string> = new Set(['number', 'finance', 'commerce', 'location']);

/** A document may not make faker repeat something a million times, nor hide the number in a template. */
function isExcessive(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Math.abs(value) > 1000 && !isDate(value);
  if (typeof value === 'string') return value.length > 10_000 || /\{\{[^}]*\d{4}/.test(value);
  if (typeof value !== 'object' || value === null) return false;
  const members = Object.values(value);
  return depth > 8 || members.length > 10_000 || members.some((member) => isExcessive(member, depth + 1));
}

/** Milliseconds of this century and the last. */
function isDate(value: number): boolean {
  return value > 900_000_000_000 && value < 4_200_000_000_000;
}

/** Only what faker's own modules define: never what every object inherits. */
function isMethod(module: object, name: string): boolean {
  if (name === '' || name === 'constructor' || name === 'fromRegExp') return false;
  return name in module && !(name in Object.prototype);
}

interface Call {
  readonly method: string;
  readonly parameters: readonly unknown[];
}

function readBoundedCall(wish: unknown): Call | undefined {
  const call = readCall(wish);
  if (call === undefined || unbounded.has(call.method.split('.')[0] ?? '')) return call;
  return isExcessive(call.parameters, 0) ? undefined : call;
}

function readCall(wish: unknown): Call | undefined {
  if (typeof wish === 'string')
    return { method: wish.replace(/^faker\./, '').replace(/\(\)$/, ''), parameters: [] };
  if (Array.isArray(wish)) {
    const [method, ...parameters] = wish;
    return typeof method === 'string' ? { method, parameters } : undefined;
  }
  if (typeof wish !== 'object' || wish === null) return undefined;
  const [entry] = Object.entries(wish);
  if (entry === undefined) return undefined;
  const [method, parameters] = entry;
  return { method, parameters: Array.isArray(parameters) ? parameters : [parameters] };
}
