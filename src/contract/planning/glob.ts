const special = /[.+^${}()|[\]\\]/g;

/** Compiles globs into one test: `*` stands for any text, `?` for one character. No globs match nothing. */
export function compileGlobs(globs: readonly string[]): (text: string) => boolean {
  const patterns = globs.map(
    (glob) =>
      new RegExp(
        `^${glob
          .replaceAll(/\*+/g, '*')
          .replaceAll(special, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
        'is',
      ),
  );
  return (text) => patterns.some((pattern) => pattern.test(text));
}
