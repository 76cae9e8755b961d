import { node } from '../document.ts';
import { type Around, changing } from './around.ts';

/** What a list shows. */
export type Items = readonly Readonly<Record<string, unknown>>[];

/** A member of each item. */
export function membersOf(items: unknown, name: string): unknown[] {
  return Array.isArray(items) ? items.map((item) => node(item)[name]) : [];
}

/** Changes the items of each answer. */
export const items = (name: string, edit: (items: Items) => Items): Around =>
  changing(name, { map: (value) => edit(value as Items) });
