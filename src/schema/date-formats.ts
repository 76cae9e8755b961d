const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const timeShape = /^\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const daysInMonth: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

function lastDay(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (daysInMonth[month - 1] ?? 0);
}

/** A day that the calendar has: `2024-02-29`. https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function isDate(text: string): boolean {
  return text.length === 10 && dateShape.test(text) && isRealDay(text);
}

function isRealDay(text: string): boolean {
  const day = twoDigits(text, 8);
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return day >= 1 && day <= lastDay(year, twoDigits(text, 5));
}

/** A time with its offset: `09:30:00.5+02:00`. The second 60 is one at 23:59 UTC only. */
export function isTime(text: string): boolean {
  if (!timeShape.test(text)) return false;
  const seconds = twoDigits(text, 6);
  if (twoDigits(text, 0) > 23 || twoDigits(text, 3) > 59 || seconds > 60) return false;
  const offset = offsetMinutes(text);
  if (offset === undefined) return false;
  return seconds < 60 || minuteInUtc(text, offset) === 23 * 60 + 59;
}

function offsetMinutes(text: string): number | undefined {
  const last = text.charAt(text.length - 1);
  if (last === 'Z' || last === 'z') return 0;
  const at = text.length - 6;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  if (hours > 23 || minutes > 59) return undefined;
  return (text.charAt(at) === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function minuteInUtc(text: string, offset: number): number {
  const minute = twoDigits(text, 0) * 60 + twoDigits(text, 3) - offset;
  return ((minute % 1440) + 1440) % 1440;
}

/**
 * A date and a time with its offset, with a `T` between them. A leap second stands at the end of a month only.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function isDateTime(text: string): boolean {
  const separator = text.charAt(10);
  if (separator !== 'T' && separator !== 't') return false;
  if (!isDate(text.slice(0, 10)) || !isTime(text.slice(11))) return false;
  return twoDigits(text, 17) < 60 || isEndOfMonth(text);
}

// https://www.rfc-editor.org/rfc/rfc3339#section-5.7
function isEndOfMonth(text: string): boolean {
  const after = new Date(
    Date.parse(
      `${text.slice(0, 16)}:59${text.slice(text.search(/(?:[Zz]|[+-]\d{2}:\d{2})$/)).toUpperCase()}`,
    ) + 1_000,
  );
  return after.getUTCDate() === 1;
}
