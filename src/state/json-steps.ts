import { isRecord, setOwn } from '../wire/index.ts';

/** A copy of a value in which another stands where a list of keys leads to; objects that are missing are made. */
export function withMemberAt(value: unknown, steps: readonly string[], member: unknown): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return member;
  const copy: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  setOwn(copy, first, withMemberAt(copy[first], rest, member));
  return copy;
}
