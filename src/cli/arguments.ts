/** The flags that take no value. Prism's parser also understands `--errors=false` and `--errors false`; so do we. */
const booleans: ReadonlySet<string> = new Set([
  'cors',
  'errors',
  'multiprocess',
  'dynamic',
  'static',
  'ignore-examples',
  'fill-properties',
  'validate-request',
  'explain',
  'watch',
  'violations-header',
]);

/** Prism's long name for our short one. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['json-schema-faker-fill-properties', 'fill-properties'],
]);

const shortBooleans: ReadonlyMap<string, string> = new Map([
  ['-m', 'multiprocess'],
  ['-d', 'dynamic'],
]);

/**
 * Brings the spellings that Prism accepts to the one that our parser declares: `--verboseLevel` and `--verbose-level`,
 * `--errors`, `--errors=true` and `--errors true`, `--errors=false` and `--no-errors`. What stands after `--` is left alone.
 */
export function normalizeArguments(given: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const token = given[index] as string;
    if (token === '--') return [...result, ...given.slice(index)];
    const { name, value } = splitFlag(token);
    if (name === undefined) {
      result.push(token);
      continue;
    }
    const next = value ?? given[index + 1];
    if (booleans.has(name) && (next === 'true' || next === 'false')) {
      result.push(next === 'true' ? `--${name}` : `--no-${name}`);
      if (value === undefined) index += 1;
      continue;
    }
    result.push(value === undefined ? flagText(token, name) : `--${name}=${value}`);
  }
  return result;
}

function flagText(token: string, name: string): string {
  return token.startsWith('--') ? `--${name}` : token;
}

function splitFlag(token: string): { name?: string; value?: string } {
  const equals = token.indexOf('=');
  const head = equals === -1 ? token : token.slice(0, equals);
  const value = equals === -1 ? {} : { value: token.slice(equals + 1) };
  const short = shortBooleans.get(head);
  if (short !== undefined) return { name: short, ...value };
  if (!/^--[a-zA-Z]/.test(head)) return {};
  return { name: longName(head.slice(2)), ...value };
}

function longName(written: string): string {
  const kebab = written.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const negated = kebab.startsWith('no-');
  const name = negated ? kebab.slice(3) : kebab;
  return `${negated ? 'no-' : ''}${aliases.get(name) ?? name}`;
}
