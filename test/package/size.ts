import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Our own tarball, in bytes: what it may weigh packed and unpacked. Raise a limit only with a reason in the commit. */
const limits = { size: 1_000_000, unpackedSize: 3_400_000 };

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

const packed = measure();
const largest = packed.files.toSorted((a, b) => b.size - a.size).slice(0, 5);
console.log(`packed    ${kilobytes(packed.size)} of ${kilobytes(limits.size)}`);
console.log(`unpacked  ${kilobytes(packed.unpackedSize)} of ${kilobytes(limits.unpackedSize)}`);
console.log(`files     ${packed.files.length}, the largest: ${largest.map(({ path }) => path).join(', ')}`);
if (packed.size > limits.size || packed.unpackedSize > limits.unpackedSize) {
  console.error(
    'The tarball is larger than it may be. See which file grew, or raise the limit with a reason.',
  );
  process.exitCode = 1;
}

function measure(): Packed {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const [first] = JSON.parse(text) as Packed[];
  if (first === undefined) throw new Error('npm pack packed nothing');
  return first;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}
