import { compilePattern } from '../../schema/index.ts';

/** Whether a text matches a pattern somewhere, by the engine that the judge uses too. */
export function compileTest(pattern: string): (text: string) => boolean {
  const compiled = compilePattern(pattern);
  return (text) => compiled.test(text);
}
