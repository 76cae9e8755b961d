/** Whether two JSON values are the same value: numbers by value, objects whatever the order of their members. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && equalItems(left, right);
  return !Array.isArray(right) && equalMembers(left, right);
}

function equalItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  return left.every((item, index) => deepEqual(item, right[index]));
}

function equalMembers(left: object, right: object): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const other: Record<string, unknown> = { __proto__: null, ...right };
  const own: Record<string, unknown> = { __proto__: null, ...left };
  return keys.every((key) => Object.hasOwn(right, key) && deepEqual(own[key], other[key]));
}

/** A text that two JSON values share exactly when they are the same value. */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return primitiveText(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`).join()}}`;
}

function primitiveText(value: unknown): string {
  // JSON knows one zero.
  if (value === 0) return '0';
  return JSON.stringify(value) ?? String(value);
}

/**
 * The places of the first two items that are the same value, or `undefined` where all differ. Linear in the size of the
 * list, because the list may come from anybody.
 */
export function duplicateItems(items: readonly unknown[]): readonly [number, number] | undefined {
  if (items.length < 2) return undefined;
  const places = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonicalText(item);
    const earlier = places.get(text);
    if (earlier !== undefined) return [earlier, index];
    places.set(text, index);
  }
  return undefined;
}
