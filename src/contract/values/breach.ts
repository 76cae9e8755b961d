import type { Random } from '../../core/index.ts';
import type { Schema, SchemaObject } from '../../schema/index.ts';

/** What a change may use. */
export interface ChangeTools {
  readonly random: Random;
  /** A valid value of a schema; another one for another name. Throws where there is none. */
  readonly make: (schema: Schema, name?: string) => unknown;
}

/** A way to break one keyword: candidates from a valid value, the best first. The first that is truly invalid is sent. */
export interface Breach {
  /** For the id: `maximum`, `required.name`. */
  readonly name: string;
  readonly keyword: string;
  /** The schema object whose keyword it is. */
  readonly owner: SchemaObject;
  readonly words: string;
  readonly candidates: (value: unknown, tools: ChangeTools) => readonly unknown[];
}

/** Makes values that may break a keyword, from a valid one. */
export type Candidates = Breach['candidates'];

/** Makes a breach; its name is its keyword's where there is only one of it. */
export function breach(
  owner: SchemaObject,
  keyword: string,
  of: { name?: string; words: string; candidates: Candidates },
): Breach {
  return { owner, keyword, name: of.name ?? keyword, words: of.words, candidates: of.candidates };
}
