import { isApidoubleError } from '../core/index.ts';
import { compileGenerator } from '../generate/index.ts';
import { isToken } from '../http/index.ts';
import type { ParameterPlan } from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { isRecord } from '../wire/index.ts';
import type { ProducerSettings } from './body-maker.ts';
import type { ProduceContext } from './make-body.ts';
import { idIn, placeBelow } from './place-below.ts';

/** What a body is and was made from. Where it was written as text, its value is read when somebody asks. */
export interface Body {
  readonly value: () => unknown;
  readonly context: ProduceContext;
}

/** What a header is made from. */
export interface HeaderContext {
  readonly made: Body;
  readonly schema: Schema | undefined;
  readonly settings: ProducerSettings;
}

const own: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
]);

/** Adds a response header to a list of names and values: by its meaning, an example, or generated. */
export function pushHeader(flat: string[], plan: ParameterPlan, around: HeaderContext): void {
  const { parameter, codec } = plan;
  if (own.has(parameter.name.toLowerCase()) || !isToken(parameter.name)) return;
  let fault: unknown;
  for (let draw = 0; draw < mostDraws; draw += 1) {
    try {
      const text = codec.encode(headerValue(plan, around, draw));
      if (text !== undefined) flat.push(parameter.name, text);
      return;
    } catch (error) {
      if (!isApidoubleError(error) || error.code !== 'ERR_CODEC') throw error;
      fault = error;
    }
  }
  if (parameter.required) throw fault;
}

/** How often a header is drawn: not every valid text can stand in one (`Ω`). One that is not required is then left out. */
const mostDraws = 10;

const headerGenerators = new WeakMap<ParameterPlan, ReturnType<typeof compileGenerator>>();

function headerValue(plan: ParameterPlan, around: HeaderContext, draw: number): unknown {
  const { parameter } = plan;
  const { settings } = around;
  const { context } = around.made;
  const meaning = meaningOf(parameter.name.toLowerCase(), around);
  if (meaning !== undefined && plan.validator.isValid(meaning)) return meaning;
  for (const example of parameter.examples.values()) {
    if (example.hasValue && plan.validator.isValid(example.value)) return example.value;
  }
  const generator =
    headerGenerators.get(plan) ??
    compileGenerator(parameter.schema, {
      direction: 'response',
      source: 'faker',
      names: [parameter.name],
      ...(settings.locale === undefined ? {} : { locale: settings.locale }),
    });
  headerGenerators.set(plan, generator);
  const random = context.own().fork(`header ${parameter.name}${draw === 0 ? '' : ` ${draw}`}`);
  return generator.generate({ random, now: context.now });
}

/** What a header with a meaning of its own has to say. */
function meaningOf(name: string, { made, schema }: HeaderContext): unknown {
  const { context } = made;
  if (name === 'location') return locationOf(made, schema) ?? laterPlace(made);
  if (name === 'date' || name === 'last-modified') return new Date(context.now).toUTCString();
  if (name === 'etag')
    return `"${context
      .own()
      .fork('etag')
      .integer(0, 2 ** 32 - 1)
      .toString(16)
      .padStart(8, '0')}"`;
  if (name === 'retry-after') return 30;
  return undefined;
}

/** The place of a thing that was created: its collection's path and its id. */
function locationOf({ value, context }: Body, schema: Schema | undefined): string | undefined {
  const { url, part } = context;
  if (part?.role !== 'create') return undefined;
  const item = part.resource.operations.read ?? part.resource.operations.delete;
  if (item === undefined) return undefined;
  return placeBelow(new URL(url).pathname, idIn(value(), schema, part.resource), item);
}

/** Where the outcome of what was accepted will be: below the request's path, by the id that the body tells, else by one that is made up. */
function laterPlace({ value: read, context }: Body): string {
  const value = read();
  const told = Object.entries(isRecord(value) ? value : {}).find(
    ([name, one]) => /(?:^|_)id$|Id$/.test(name) && (typeof one === 'string' || typeof one === 'number'),
  );
  const id = told?.[1] ?? context.own().fork('location').integer(1, 1e9);
  return `${new URL(context.url).pathname.replace(/\/+$/, '')}/${encodeURIComponent(String(id))}`;
}
