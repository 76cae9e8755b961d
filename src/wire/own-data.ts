/**
 * Sets a property as plain data, whatever its name: `__proto__` becomes an own property and never the prototype.
 */
export function setOwn(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') {
    target[name] = value;
    return;
  }
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Whether a value is an object with members: no array, no bytes. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBinary(value);
}

/** The member that a list of keys leads to; `undefined` where there is none. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  let member = value;
  for (const key of path) member = isRecord(member) && Object.hasOwn(member, key) ? member[key] : undefined;
  return member;
}

/** Whether a decoded value is bytes. */
export function isBinary(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** An object as a form says it: members that are empty lists, or undefined, leave no trace. */
export function withoutEmptyLists(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined && !(Array.isArray(member) && member.length === 0)) setOwn(copy, name, member);
  }
  return copy;
}

/**
 * Whether a decoded value is the data that was to be written; the order of members does not matter, and 0 is -0.
 * A text may be given where bytes are read: a file's content is often at hand as one.
 */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isBinary(left)) return sameBytes(left, right);
  if (Array.isArray(left)) return Array.isArray(right) && sameItems(left, right);
  return isRecord(left) && isRecord(right) && sameMembers(left, right);
}

function sameBytes(left: Uint8Array, right: unknown): boolean {
  if (typeof right === 'string') return Buffer.from(right).equals(left);
  return isBinary(right) && Buffer.compare(left, right) === 0;
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
}

function sameMembers(
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && sameValue(left[name], right[name]));
}
