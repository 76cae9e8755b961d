import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { manual, withGenerated } from './generated-parts.ts';

/** Writes the parts of the README that the code knows: `npm run manual`. */
const path = fileURLToPath(manual);
writeFileSync(path, withGenerated(readFileSync(path, 'utf8')));
