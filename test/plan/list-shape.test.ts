import { describe, expect, it } from 'vitest';
import { listShapeOf } from '../../src/plan/index.ts';
import type { Schema } from '../../src/schema/index.ts';

const row: Schema = { type: 'object', properties: { id: { type: 'integer' } } };
const rows: Schema = { type: 'array', items: row };
const number: Schema = { type: 'integer' };
const text: Schema = { type: 'string' };

function object(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties };
}

describe('the shape of a list', () => {
  it.each<[string, Schema, readonly string[], Record<string, string>]>([
    ['a bare array', rows, [], {}],
    [
      'Django REST Framework',
      object({ count: number, next: text, previous: text, results: rows }),
      ['results'],
      { count: 'total', next: 'next', previous: 'previous' },
    ],
    [
      'authentik',
      object({
        pagination: object({
          next: number,
          previous: number,
          count: number,
          current: number,
          total_pages: number,
          start_index: number,
          end_index: number,
        }),
        results: rows,
      }),
      ['results'],
      {
        'pagination.next': 'next',
        'pagination.previous': 'previous',
        'pagination.count': 'total',
        'pagination.current': 'page',
        'pagination.total_pages': 'pages',
        'pagination.start_index': 'firstIndex',
        'pagination.end_index': 'lastIndex',
      },
    ],
    [
      'Spring',
      object({
        content: rows,
        totalElements: number,
        totalPages: number,
        number,
        size: number,
        numberOfElements: number,
        first: { type: 'boolean' },
        last: { type: 'boolean' },
        empty: { type: 'boolean' },
      }),
      ['content'],
      {
        totalElements: 'total',
        totalPages: 'pages',
        number: 'page',
        size: 'size',
        numberOfElements: 'returned',
        first: 'first',
        last: 'last',
        empty: 'empty',
      },
    ],
    [
      'HAL',
      object({ _embedded: object({ things: rows }), page: object({ size: number }) }),
      ['_embedded', 'things'],
      { 'page.size': 'size' },
    ],
    [
      'Stripe',
      object({ object: text, data: rows, has_more: { type: 'boolean' } }),
      ['data'],
      { has_more: 'hasNext' },
    ],
    ['Google', object({ things: rows, nextPageToken: text }), ['things'], { nextPageToken: 'cursor' }],
    [
      'a count beside a total',
      object({ items: rows, count: number, total: number }),
      ['items'],
      { count: 'returned', total: 'total' },
    ],
  ])('of %s', (_, schema, items, roles) => {
    const shape = listShapeOf(schema, ['things']);
    expect(shape?.items).toEqual(items);
    expect(shape?.itemSchema).toBe(row);
    expect(
      Object.fromEntries(shape?.members.map((member) => [member.path.join('.'), member.role]) ?? []),
    ).toEqual(roles);
  });

  it.each<[string, Schema]>([
    ['a single thing', object({ id: number, name: text })],
    ['a thing with tags', object({ id: number, tags: { type: 'array', items: text } })],
    ['a thing with two lists', object({ id: number, owners: rows, members: rows })],
  ])('is none for %s', (_, schema) => {
    expect(listShapeOf(schema, ['things'])).toBeUndefined();
  });

  it('is seen through allOf', () => {
    const schema: Schema = { allOf: [object({ count: number }), object({ results: rows })] };
    expect(listShapeOf(schema)?.items).toEqual(['results']);
  });
});

it('has links to other pages in an envelope of links, which go with their address unless they have to be there', () => {
  const link = object({ href: { type: 'string' } });
  const shape = (required: string[]) =>
    listShapeOf(
      object({
        _links: { type: 'object', properties: { self: link, next: link }, required },
        results: rows,
      }),
    );
  const [next] = shape([])?.members ?? [];
  expect(next).toMatchObject({ path: ['_links', 'next', 'href'], role: 'next', depth: 2 });
  expect(shape(['next'])?.members).toMatchObject([{ depth: 1 }]);
});
