import { describe, expect, it } from 'vitest';
import { command } from './command.ts';

const missing = 'there is no such file or folder.';

describe('a file that cannot be read', () => {
  it.each<[want: string, ...words: string[]]>([
    [`Cannot read document "nope.yaml": ${missing}`, 'mock', 'nope.yaml'],
    [`Cannot read scenarios "nope": ${missing}`, 'mock', 'openapi.yaml', '--scenarios', 'nope'],
    [
      `Cannot use --tls-cert "nope.pem": ${missing}`,
      'mock',
      'openapi.yaml',
      '--tls-cert',
      'nope.pem',
      '--tls-key',
      'nope.pem',
    ],
    [`Cannot read recording "nope.jsonl": ${missing}`, 'check', 'nope.jsonl', '--document', 'openapi.yaml'],
    [`Cannot use report "nope.json": ${missing}`, 'recheck', 'nope.json'],
    ['Cannot read document "src": it is a folder.', 'mock', 'src'],
  ])('is told in the same words everywhere: %s', async (want, ...words) => {
    const { code, error } = await command(...words, '--no-config');
    expect(error).toContain(want);
    expect(code).toBe(2);
  });
});

describe('a word that a fault does not know', () => {
  it('is named where it stands', async () => {
    const { error } = await command('mock', 'openapi.yaml', '--fault', 'statu: 503', '--no-config');
    expect(error).toContain('"--fault statu: 503 at /statu": statu is a property');
  });
});
