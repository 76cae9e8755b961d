import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandPath, isPathTemplateFault, parsePathTemplate } from '../../src/http/index.ts';

function shape(text: string): string[][] | string {
  const template = parsePathTemplate(text);
  if (isPathTemplateFault(template)) return template.fault;
  return template.segments.map((segment) =>
    segment.map((part) => (part.kind === 'literal' ? part.text : `<${part.name}>`)),
  );
}

describe('parsePathTemplate', () => {
  it.each([
    ['/', [[]]],
    ['/a', [['a']]],
    ['/a/', [['a'], []]],
    ['//a', [[], ['a']]],
    ['/events/{event_uuid}/', [['events'], ['<event_uuid>'], []]],
    ['/report.{format}', [['report.', '<format>']]],
    ['/pre{x}', [['pre', '<x>']]],
    ['/{a}-{b}.json', [['<a>', '-', '<b>', '.json']]],
    ['/{a}{b}', [['<a>', '<b>']]],
    ['/{a/b}/c', [['<a/b>'], ['c']]],
    ['/{__proto__}/{constructor}', [['<__proto__>'], ['<constructor>']]],
    ['/a:b%20c', [['a:b%20c']]],
  ])('%s', (text, want) => {
    expect(shape(text)).toEqual(want);
  });

  it.each([
    ['', 'it does not begin with a slash'],
    ['a/{b}', 'it does not begin with a slash'],
    ['/a/{b', 'the brace at 4 is never closed'],
    ['/a/b}', 'the brace at 5 closes nothing'],
    ['/{}', 'the variable at 2 has no name'],
    ['/{a{b}}', 'the brace at 2 holds another'],
    ['/{a}/x/{a}', 'the variable {a} comes twice'],
  ])('%s: %s', (text, want) => {
    expect(shape(text)).toBe(want);
  });

  it('tells the names in order', () => {
    expect(parsePathTemplate('/{z}/{a}')).toMatchObject({ names: ['z', 'a'] });
  });

  it('loses nothing: expanding with the names in braces gives the text again', () => {
    const piece = fc.oneof(
      fc.constantFrom('/', '.', '-', '{a}', '{b}', '{c}'),
      fc.stringMatching(/^[^{}]*$/),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = `/${pieces.join('')}`;
        const template = parsePathTemplate(text);
        if (isPathTemplateFault(template)) expect(template.fault).toMatch(/twice/);
        else expect(expandPath(template, (name) => `{${name}}`)).toBe(text);
      }),
    );
  });
});
