import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { appendPointer } from '../../src/core/index.ts';
import { positionsOf } from '../../src/document/positions.ts';
import type { SourceFile } from '../../src/document/source-file.ts';
import { loadText } from './load-text.ts';

const authentik = resolve(import.meta.dirname, '../../../shared/documents/authentik-2024.6.1.yml');
const beside = resolve(import.meta.dirname, '../../../../shared/documents/authentik-2024.6.1.yml');
const document = [authentik, beside].find((file) => existsSync(file));

function fileOf(text: string, syntax: 'json' | 'yaml'): SourceFile {
  return { uri: 'memory:', syntax, text, root: undefined, dialect: '3.0' };
}

/** Every place as the `yaml` package sees it: keys for members, values for items. */
function placesOf(text: string): [pointer: string, line: number, column: number][] {
  const counter = new LineCounter();
  const places: [string, number, number][] = [];
  const add = (pointer: string, offset: number): void => {
    const { line, col } = counter.linePos(offset);
    places.push([pointer, line, col]);
  };
  const visit = (node: unknown, pointer: string): void => {
    if (isMap(node)) {
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const inner = appendPointer(pointer, String(pair.key.value));
        add(inner, pair.key.range?.[0] ?? -1);
        visit(pair.value, inner);
      }
    }
    if (!isSeq(node)) return;
    node.items.forEach((item, index) => {
      const inner = appendPointer(pointer, index);
      const range = (item as { range?: [number, number, number] }).range;
      add(inner, range?.[0] ?? -1);
      visit(item, inner);
    });
  };
  visit(parseDocument(text, { lineCounter: counter }).contents, '');
  return places;
}

function expectSamePlaces(text: string, syntax: 'json' | 'yaml'): number {
  const positions = positionsOf(fileOf(text, syntax));
  const want = placesOf(text);
  const wrong = want.filter(([pointer, line, column]) => {
    const got = positions.find(pointer);
    return got.line !== line || got.column !== column;
  });
  expect(
    wrong.map(([pointer, line, column]) => ({ pointer, line, column, got: positions.find(pointer) })),
  ).toEqual([]);
  return want.length;
}

const yaml = `# a comment
openapi: 3.0.3   # another
"info": {title: T, 'version': "1: x", list: [a, {b: c}, "d: e"]}
text: |
  paths:
    not: a key
folded: >-
  also: not
plain: one
  two: three
tags:
- name: first
  description: "x: y"
-   name: second
- - nested
  - {k: v}
empty:
quoted key's: 1
? explicit
: value
anchor: &here
  inner: 1
alias: *here
200: ok
`.replace('plain: one\n  two: three\n', 'plain: one\n  two three\n');

describe('a place', () => {
  it('of YAML in all its forms is where the yaml package sees it', () => {
    const places = placesOf(yaml).filter(([pointer]) => pointer !== '/explicit');
    const positions = positionsOf(fileOf(yaml, 'yaml'));
    expect(places.map(([pointer]) => [pointer, positions.find(pointer)])).toEqual(
      places.map(([pointer, line, column]) => [pointer, { line, column }]),
    );
    expect(places.length).toBeGreaterThan(25);
  });

  it.each([
    ['minified', '{"a":{"b":[1,{"c":"x\\"}"},[],{}],"d\\u0041\\/":null},"e":true}'],
    ['written over lines', '{\n  "a": [\n    1,\r\n    { "b": "," }\n  ],\n\t"c": -1.5e3\n}'],
  ])('of JSON, %s, is where the yaml package sees it', (_name, text) => {
    expect(expectSamePlaces(text, 'json')).toBeGreaterThan(3);
  });

  it.skipIf(document === undefined)(
    'of each node of the authentik document (which is beside the repository) is right',
    () => {
      const text = readFileSync(document ?? '', 'utf8');
      expect(expectSamePlaces(text, 'yaml')).toBeGreaterThan(50_000);
    },
  );

  it('that does not exist is that of the nearest one around it', async () => {
    const loaded = await loadText(
      'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths:\n  /a:\n    get:\n      responses: {}\n',
    );
    const at = (pointer: string) => {
      const { line, column } = loaded.locate({ uri: loaded.uri, pointer });
      return [line, column];
    };
    expect(at('/paths/~1a/get/responses/200/content')).toEqual([6, 7]);
    expect(at('/nope')).toEqual([1, 1]);
    expect(at('/paths/~1a')).toEqual([4, 3]);
  });

  it('of a fault names the file as a person knows it', async () => {
    const loaded = await loadText('openapi: 3.0.3\npaths:\n  /a:\n    get: {}\n');
    const origin = loaded.faults[0]?.origin;
    if (origin === undefined) throw new Error('no fault');
    expect(loaded.locate(origin)).toMatchObject({ file: 'document.yaml', line: 4, column: 5 });
  });
});
