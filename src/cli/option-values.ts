import { ApidoubleError } from '../core/index.ts';

/** Refuses a value of an option with `ERR_OPTION`. */
export function refuseOption(option: string, value: string, reason: string): ApidoubleError {
  return new ApidoubleError('ERR_OPTION', `Cannot use ${option} "${value}": ${reason}`);
}

/** Reads a whole number within bounds. Throws `ERR_OPTION` for anything else. */
export function wholeNumber(option: string, minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw refuseOption(
      option,
      text,
      `it is not a whole number from ${minimum} to ${maximum}. Give one, such as ${option} ${Math.max(minimum, Math.min(maximum, 1000))}.`,
    );
  };
}

/** Reads one of a few words. Throws `ERR_OPTION`, naming them, for another. */
export function oneOf<Word extends string>(option: string, words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw refuseOption(option, text, `it is none of the choices. Use one of ${words.join(', ')}.`);
  };
}

const byteUnits: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1000],
  ['mb', 1_000_000],
  ['gb', 1_000_000_000],
  ['kib', 1024],
  ['mib', 1_048_576],
  ['gib', 1_073_741_824],
]);

/** Reads a number of bytes: `1048576`, `500kb`, `10MB`, `1MiB`. Throws `ERR_OPTION` for anything else. */
export function bytes(option: string): (text: string) => number {
  return (text) => {
    const match = /^(\d{1,12})\s?([a-z]{0,3})$/i.exec(text);
    const unit = byteUnits.get(match?.[2]?.toLowerCase() ?? '?');
    if (match !== null && unit !== undefined) return Number(match[1]) * unit;
    throw refuseOption(option, text, 'it is not a number of bytes. Write it as 1048576, 500kb or 10MB.');
  };
}

/** Collects `NAME=VALUE` into a record; the value may contain `=`. Throws `ERR_OPTION` where there is no name. */
export function namedValue(
  option: string,
): (text: string, earlier?: Readonly<Record<string, string>>) => Readonly<Record<string, string>> {
  return (text, earlier = {}) => {
    const equals = text.indexOf('=');
    if (equals < 1) throw refuseOption(option, text, `it names no value. Write it as ${option} NAME=VALUE.`);
    return Object.fromEntries([...Object.entries(earlier), [text.slice(0, equals), text.slice(equals + 1)]]);
  };
}

/** Collects the values of an option that may be repeated. */
export function collect(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

/** Checks that a text is a time that the clock can be set to, and keeps it as written. Throws `ERR_OPTION`. */
export function dateTime(option: string): (text: string) => string {
  return (text) => {
    if (!Number.isNaN(new Date(text).getTime())) return text;
    throw refuseOption(option, text, `it is not a date-time. Write it as ${option} 2024-01-01T00:00:00Z.`);
  };
}
