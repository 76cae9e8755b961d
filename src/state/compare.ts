import type { FilterOperator } from '../plan/index.ts';

/** Whether what a thing has is what a filter asks for. A thing without the property is only found by what looks for its absence. */
export function holds(operator: FilterOperator, own: unknown, asked: unknown): boolean {
  switch (operator) {
    case 'equals':
      return isEqual(own, asked);
    case 'not':
      return !isEqual(own, asked);
    case 'contains':
      return own !== null && folded(own).includes(folded(asked));
    case 'starts':
      return own !== null && folded(own).startsWith(folded(asked));
    case 'ends':
      return own !== null && folded(own).endsWith(folded(asked));
    case 'above':
      return compares(own, asked, (order) => order > 0);
    case 'atLeast':
      return compares(own, asked, (order) => order >= 0);
    case 'below':
      return compares(own, asked, (order) => order < 0);
    case 'atMost':
      return compares(own, asked, (order) => order <= 0);
    case 'exists':
      return (own !== null) === isYes(asked);
    case 'absent':
      return (own === null) === isYes(asked);
    default:
      return operator satisfies never;
  }
}

function isYes(asked: unknown): boolean {
  return asked === true || /^(?:true|1|yes)$/i.test(String(asked));
}

function folded(value: unknown): string {
  return String(value).toLowerCase();
}

const dashless = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** A UUID is the same with and without its dashes. */
function isEqual(own: unknown, asked: unknown): boolean {
  if (own === asked) return true;
  if (own === null) return asked === 'null';
  const [left, right] = [String(own), String(asked)];
  if (left === right) return true;
  return dashless.test(left) && dashless.test(right) && plainUuid(left) === plainUuid(right);
}

function plainUuid(text: string): string {
  return text.replaceAll('-', '').toLowerCase();
}

function compares(own: unknown, asked: unknown, test: (order: number) => boolean): boolean {
  if (own === null) return false;
  const order = orderOf(own, asked);
  return order !== undefined && test(order);
}

/** Numbers as numbers, times as times, a day as the whole of it, other texts by their code units. */
function orderOf(own: unknown, asked: unknown): number | undefined {
  const [left, right] = [Number(own), Number(asked)];
  if (typeof own === 'number') return Number.isNaN(right) ? timeOrder(left, asked) : left - right;
  const [first, second] = [String(own), String(asked)];
  const [at, than] = [timeOf(first), timeOf(second)];
  if (at !== undefined && than !== undefined) return at - than;
  if (!Number.isNaN(left) && !Number.isNaN(right) && first !== '' && second !== '') return left - right;
  return first < second ? -1 : Number(first > second);
}

/** A time as a number: seconds or milliseconds since 1970, beside a date-time that was asked for. */
function timeOrder(own: number, asked: unknown): number | undefined {
  const time = timeOf(String(asked));
  if (time === undefined) return undefined;
  return (own > 1e11 ? own : own * 1000) - time;
}

/** A date or a date-time in milliseconds. */
export function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:$|[T ]\d\d:\d\d)/i.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
