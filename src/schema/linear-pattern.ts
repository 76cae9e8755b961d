import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import { characterSet, complement } from './character-set.ts';
import { type PatternNode, parsePattern, setText } from './pattern-syntax.ts';

const load = createRequire(import.meta.url);

class Inexpressible extends Error {}

/**
 * Compiles a pattern for an engine whose time grows with the text's length only; `undefined` where it cannot express the
 * pattern (look-around, references to groups, rare properties).
 */
export function linearPattern(
  pattern: string,
  unicode: boolean,
): { test(text: string): boolean } | undefined {
  const node = parsePattern(pattern, unicode);
  if (node === undefined) return undefined;
  try {
    const text = linearText(node);
    // Read where it is needed, which is for few documents.
    const expression = (load('re2js') as typeof Re2).RE2JS.compile(text);
    return { test: (tested) => expression.test(tested) };
  } catch {
    return undefined;
  }
}

/** The pattern in RE2's syntax. Characters are written as code points, so that none has a meaning of its own there. */
function linearText(node: PatternNode): string {
  switch (node.kind) {
    case 'set':
      return node.property === undefined
        ? `[${setText(node.set) || noCharacter}]`
        : propertyText(node.property);
    case 'sequence':
      return node.items.map(linearText).join('');
    case 'choice':
      return `(?:${node.items.map(linearText).join('|')})`;
    case 'repeat':
      return `(?:${linearText(node.item)})${countText(node.min, node.max)}`;
    case 'edge':
      return edges[node.text];
    case 'look':
    case 'back':
      throw new Inexpressible();
  }
}

const noCharacter = `^${setText(complement(characterSet([])))}`;

/** `$` and `^` are the text's own ends: patterns have no `m` flag. */
const edges = { '^': '\\A', $: '\\z', '\\b': '\\b', '\\B': '\\B' } as const;

function countText(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return `{${min},${max}}`;
}

/** `\p{Script=Greek}` is `\p{Greek}` there, `\p{General_Category=Lu}` is `\p{Lu}`. */
function propertyText(property: string): string {
  return property.replaceAll(/\{(?:Script|sc|Script_Extensions|scx|General_Category|gc)=/g, '{');
}
