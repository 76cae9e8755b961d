import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema/index.ts';
import { createParameterCodec } from '../../src/wire/index.ts';
import type { ParameterSpec } from '../../src/wire/spec.ts';
import { parameter, raw } from './specs.ts';

const schemas: Readonly<Record<string, Schema>> = {
  empty: { type: 'string' },
  string: { type: 'string' },
  array: { type: 'array', items: { type: 'string' } },
  object: { type: 'object', additionalProperties: { type: 'integer' } },
};
const values: Readonly<Record<string, unknown>> = {
  empty: '',
  string: 'blue',
  array: ['blue', 'black', 'brown'],
  object: { R: 100, G: 200, B: 150 },
};

/** The table "Style Examples" of the specification; `-` where it says n/a. */
const table = `
  path   matrix         false ;color  ;color=blue ;color=blue,black,brown             ;color=R,100,G,200,B,150
  path   matrix         true  ;color  ;color=blue ;color=blue;color=black;color=brown ;R=100;G=200;B=150
  path   label          false .       .blue       .blue,black,brown                   .R,100,G,200,B,150
  path   label          true  .       .blue       .blue.black.brown                   .R=100.G=200.B=150
  path   simple         false ''      blue        blue,black,brown                    R,100,G,200,B,150
  path   simple         true  ''      blue        blue,black,brown                    R=100,G=200,B=150
  header simple         false ''      blue        blue,black,brown                    R,100,G,200,B,150
  header simple         true  ''      blue        blue,black,brown                    R=100,G=200,B=150
  query  form           false color=  color=blue  color=blue,black,brown              color=R,100,G,200,B,150
  query  form           true  color=  color=blue  color=blue&color=black&color=brown  R=100&G=200&B=150
  query  spaceDelimited false -       -           color=blue%20black%20brown          color=R%20100%20G%20200%20B%20150
  query  pipeDelimited  false -       -           color=blue%7Cblack%7Cbrown          color=R%7C100%7CG%7C200%7CB%7C150
  query  deepObject     true  -       -           -                                   color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
  cookie form           false color=  color=blue  color=blue,black,brown              color=R,100,G,200,B,150
  cookie form           true  color=  color=blue  color=blue;_color=black;_color=brown R=100;_G=200;_B=150
  cookie cookie         false color=  color=blue  color=blue,black,brown              color=R,100,G,200,B,150
  cookie cookie         true  color=  color=blue  color=blue;_color=black;_color=brown R=100;_G=200;_B=150
`;

describe.each(
  table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/)),
)('%s, style %s, explode %s', (place, style, explode, ...texts) => {
  Object.keys(values).forEach((kind, index) => {
    const cell = texts[index] ?? '-';
    if (cell === '-') return;
    const text = cell === "''" ? '' : cell.replaceAll(';_', '; ');
    const spec = parameter({
      in: place as ParameterSpec['in'],
      style: style as ParameterSpec['style'],
      explode: explode === 'true',
      schema: schemas[kind] ?? true,
    });

    it(`writes and reads ${kind} as ${JSON.stringify(text)}`, () => {
      const codec = createParameterCodec(spec);
      expect(codec.encode(values[kind])).toBe(text);
      expect(codec.decode(raw(spec, text))).toEqual({ present: true, value: values[kind], faults: [] });
    });
  });
});
