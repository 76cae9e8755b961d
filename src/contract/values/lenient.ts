/**
 * What a lenient server may read a value as: trimmed, a number or a boolean in a text, a list in a text, a list of one, the first or
 * last of several, empty as absent. `undefined` stands for "not sent". In JSON, where what is empty is written as it is meant, only
 * the scalars are read otherwise.
 */
export function lenientReadings(value: unknown, isText: boolean): readonly unknown[] {
  const readings = everyReading(value);
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isText) return readings;
  return isEmpty || Array.isArray(value) ? [] : readings.filter((one) => !Array.isArray(one));
}

function everyReading(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return readingsOfText(value);
  if (typeof value === 'number')
    return [String(value), [value], ...(value === 0 || value === 1 ? [value === 1] : [])];
  if (typeof value === 'boolean') return [String(value), [value], Number(value)];
  if (value === null) return [undefined];
  if (Array.isArray(value)) return readingsOfList(value);
  return [];
}

function readingsOfText(text: string): unknown[] {
  const trimmed = text.trim();
  const found: unknown[] = [trimmed, [text]];
  if (trimmed === '') return [...found, undefined, null, []];
  const number = Number(trimmed);
  if (Number.isFinite(number)) found.push(number, [number]);
  if (/^(?:true|1|yes|on)$/i.test(trimmed)) found.push(true);
  if (/^(?:false|0|no|off)$/i.test(trimmed)) found.push(false);
  if (trimmed.includes(',')) found.push(trimmed.split(',').map((one) => one.trim()));
  return found;
}

function readingsOfList(list: readonly unknown[]): unknown[] {
  if (list.length === 0) return [undefined, null, ''];
  return list.every((one) => typeof one === 'object') ? [] : [list[0], list.at(-1), list.join(',')];
}
