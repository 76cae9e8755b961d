import type { Schema } from '../../schema/index.ts';
import { isAnnotation } from './negate.ts';

/** Whether two schemas say the same, titles and examples aside. Large ones are taken to differ. */
export function isSameSchema(one: Schema, other: Schema): boolean {
  return isSame(one, other, { left: 500 });
}

function isSame(one: unknown, other: unknown, budget: { left: number }): boolean {
  if (one === other) return true;
  budget.left -= 1;
  if (budget.left < 0 || typeof one !== 'object' || typeof other !== 'object') return false;
  if (one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const left = assertionsOf(one);
  const right = new Map(assertionsOf(other));
  if (left.length !== right.size) return false;
  return left.every(([key, value]) => right.has(key) && isSame(value, right.get(key), budget));
}

function assertionsOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([key, member]) => member !== undefined && !isAnnotation(key, member));
}
