import { callFakerMethod } from '../../generate/index.ts';
import type { TemplateScope } from './scope.ts';

type TemplateFunction = (scope: TemplateScope, given: readonly unknown[]) => unknown;
type Filter = (value: unknown, given: readonly unknown[]) => unknown;

/** What can be called. */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['uuid', ({ random }) => uuidOf(() => random.integer(0, 255))],
  ['now', ({ now }, [offset, form]) => timeText(now + offsetOf(offset), form)],
  [
    'faker',
    ({ random, now, locale }, [method, ...given]) =>
      callFakerMethod([String(method), ...given], {
        random,
        now,
        ...(locale === undefined ? {} : { locale }),
      }),
  ],
  ['random', ({ random }, [least, most]) => random.integer(whole(least, 0), whole(most, 100))],
  ['pick', ({ random }, given) => (given.length === 0 ? undefined : random.pick(given))],
  ['counter', ({ counter }, [name]) => counter(String(name ?? ''))],
]);

/** What a value can be piped through. */
export const filters: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['default', (value, [otherwise]) => value ?? otherwise],
  ['upper', (value) => textOf(value).toUpperCase()],
  ['lower', (value) => textOf(value).toLowerCase()],
  ['trim', (value) => textOf(value).trim()],
  ['string', (value) => textOf(value)],
  ['number', (value) => numberOf(value)],
  ['boolean', (value) => value === true || value === 'true' || value === 1 || value === '1'],
  ['json', (value) => JSON.stringify(value) ?? 'null'],
  ['base64', (value) => Buffer.from(textOf(value)).toString('base64')],
  ['urlencode', (value) => encodeURIComponent(Buffer.from(textOf(value)).toString())],
  ['length', (value) => (Array.isArray(value) || typeof value === 'string' ? value.length : 0)],
  ['first', (value) => (Array.isArray(value) ? (value[0] as unknown) : undefined)],
  ['last', (value) => (Array.isArray(value) ? (value.at(-1) as unknown) : undefined)],
  [
    'join',
    (value, [between]) => (Array.isArray(value) ? value.map(textOf).join(textOf(between ?? ',')) : value),
  ],
  ['add', (value, [more]) => (numberOf(value) ?? 0) + (numberOf(more) ?? 0)],
]);

/** A value as it stands in the middle of a text. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value);
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function whole(value: unknown, otherwise: number): number {
  return Math.trunc(numberOf(value) ?? otherwise);
}

/** A random UUID: https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
function uuidOf(next: () => number): string {
  const bytes = Uint8Array.from({ length: 16 }, next);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `+90s`, `-2h`, `+1d` in milliseconds. */
function offsetOf(offset: unknown): number {
  const match = /^([+-]?\d{1,9})([smhdw])$/.exec(textOf(offset));
  return match === null ? 0 : Number(match[1]) * (units[match[2] ?? ''] ?? 0) * 1000;
}

const lastMoment = 8_640_000_000_000_000;

function timeText(milliseconds: number, form: unknown): unknown {
  const time = new Date(Math.min(Math.max(milliseconds, -lastMoment), lastMoment));
  switch (form) {
    case 'date':
      return time.toISOString().slice(0, 10);
    case 'http':
      return time.toUTCString();
    case 'unix':
      return Math.floor(time.getTime() / 1000);
    case 'ms':
      return time.getTime();
    default:
      return time.toISOString();
  }
}
