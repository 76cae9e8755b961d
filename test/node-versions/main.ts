import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Holds the seeded answers equal on the versions of Node that users have. Other versions come from the npm package `node`. */
const versions = process.argv.slice(2);
const script = fileURLToPath(new URL('./answers.mjs', import.meta.url));
const own = execFileSync(process.execPath, [script], { encoding: 'utf8' });
let different = 0;

console.log(`${process.version}: ${own.trim().split('\n').length} answers`);
for (const version of versions.length > 0 ? versions : ['20', '22', '24', '26']) {
  const words = ['exec', '--yes', `--package=node@${version}`, '--', 'node'];
  const name = execFileSync('npm', [...words, '--version'], { encoding: 'utf8' }).trim();
  const answers = execFileSync('npm', [...words, script], { encoding: 'utf8' });
  const same = answers === own;
  if (!same) different += 1;
  console.log(`${name}: ${same ? 'the same bytes' : `different\n${answers}`}`);
}
console.log(`${versions.length || 4} versions, ${different} different`);
process.exitCode = different === 0 ? 0 : 1;
