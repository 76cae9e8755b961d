import { ApidoubleError, type SourceLocation } from '../core/index.ts';
import { checkDepth, checkGraph } from './check-shape.ts';
import { isYamlException, readYaml } from './yaml.ts';

/** A text as data, and which syntax it turned out to have. */
export interface Parsed {
  readonly syntax: 'json' | 'yaml';
  readonly root: unknown;
}

/** How errors name the text: the URI, and the name a person knows it by. */
export interface SourceName {
  readonly uri: string;
  readonly file: string;
}

/** Where a `*alias` may stand. Texts can look like one; they only cost a check that was not needed. */
const aliasPattern = /(?:^|[\s,[{:?-])\*[^\s*]/m;

/**
 * Reads a text as JSON or else YAML. Throws `ERR_DOCUMENT_SYNTAX` with line and column where it is neither, repeats a
 * key, contains itself, is nested too deeply or swells by its aliases.
 */
export function parseSource(text: string, name: SourceName): Parsed {
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  if (json?.root !== undefined) {
    checkDepth(json.root, name.file);
    return { syntax: 'json', root: json.root };
  }
  try {
    const root = readYaml(text);
    if (aliasPattern.test(text)) checkGraph(root, name.file);
    return { syntax: 'yaml', root };
  } catch (error) {
    throw syntaxError(text, name, json?.error ?? error);
  }
}

function parseJson(text: string): { root?: unknown; error?: unknown } {
  try {
    return { root: JSON.parse(text) };
  } catch (error) {
    return { error };
  }
}

function syntaxError(text: string, name: SourceName, error: unknown): unknown {
  if (isYamlException(error)) {
    const { line, column } = error.mark ?? { line: 0, column: 0 };
    return located(name, error.reason, { line: line + 1, column: column + 1 });
  }
  if (!(error instanceof SyntaxError)) return error;
  const reason = error.message.replace(/ in JSON.*$/s, '');
  return located(name, reason, placeAt(text, offsetOf(error, text)));
}

/** V8 tells the offset in its message only. */
function offsetOf(error: SyntaxError, text: string): number {
  const found = /at position (\d+)/.exec(error.message)?.[1];
  return found === undefined ? text.length : Number(found);
}

/** The line and column of an offset, both counted from 1. */
function placeAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', start)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: offset - start + 1 };
}

function located(name: SourceName, reason: string, at: { line: number; column: number }): ApidoubleError {
  const location: SourceLocation = { uri: name.uri, pointer: '', file: name.file, ...at };
  return new ApidoubleError(
    'ERR_DOCUMENT_SYNTAX',
    `Cannot read document "${name.file}:${at.line}:${at.column}": ${reason}. Correct the syntax there.`,
    { location },
  );
}
