/** A piece of a path segment: text as it stands, or a variable. */
export type PathPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

/** What stands between two slashes; an empty segment (of `/`, `/a/`) has no parts. */
export type PathSegment = readonly PathPart[];

/** A path of a document, taken apart. */
export interface PathTemplate {
  readonly text: string;
  readonly segments: readonly PathSegment[];
  /** The variables in the order they are written. */
  readonly names: readonly string[];
}

/** Why a text is no path template. */
export interface PathTemplateFault {
  /** Half a sentence: `the brace at 8 is never closed`. */
  readonly fault: string;
}

/**
 * Takes a path template apart: `/report.{format}` has the segments `['report.', {format}]`. A fault, as data, where it does
 * not begin with a slash, braces do not pair up, or a name is empty or comes twice.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#path-templating
 */
export function parsePathTemplate(text: string): PathTemplate | PathTemplateFault {
  if (!text.startsWith('/')) return { fault: 'it does not begin with a slash' };
  const segments: PathPart[][] = [[]];
  const names = new Set<string>();
  let index = 1;
  while (index < text.length) {
    const segment = segments.at(-1) as PathPart[];
    const character = text[index];
    if (character === '}') return { fault: `the brace at ${index + 1} closes nothing` };
    if (character === '/') {
      segments.push([]);
      index += 1;
    } else if (character === '{') {
      const variable = readVariable(text, index);
      if (typeof variable !== 'string') return variable;
      if (names.has(variable)) return { fault: `the variable {${variable}} comes twice` };
      names.add(variable);
      segment.push({ kind: 'variable', name: variable });
      index += variable.length + 2;
    } else {
      const literal = readLiteral(text, index);
      segment.push({ kind: 'literal', text: literal });
      index += literal.length;
    }
  }
  return { text, segments, names: [...names] };
}

/** Tells a fault from a template. */
export function isPathTemplateFault(result: PathTemplate | PathTemplateFault): result is PathTemplateFault {
  return 'fault' in result;
}

/** Puts values, already percent-encoded, in place of the variables; an absent one becomes empty. */
export function expandPath(template: PathTemplate, valueFor: (name: string) => string | undefined): string {
  let path = '';
  for (const segment of template.segments) {
    path += '/';
    for (const part of segment) path += part.kind === 'literal' ? part.text : (valueFor(part.name) ?? '');
  }
  return path;
}

function readVariable(text: string, open: number): string | PathTemplateFault {
  const close = text.indexOf('}', open);
  if (close < 0) return { fault: `the brace at ${open + 1} is never closed` };
  const name = text.slice(open + 1, close);
  if (name === '') return { fault: `the variable at ${open + 1} has no name` };
  if (name.includes('{')) return { fault: `the brace at ${open + 1} holds another` };
  return name;
}

const literal = /[^/{}]*/y;

function readLiteral(text: string, start: number): string {
  literal.lastIndex = start;
  return literal.exec(text)?.[0] ?? '';
}
