import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reportSchema } from '../../../src/contract/report/report-schema.ts';

/** Writes `report.schema.json` anew: `npx tsx test/contract/report/write-schema.ts`. */
const file = resolve(import.meta.dirname, '../../../src/contract/report/report.schema.json');
writeFileSync(file, `${JSON.stringify(reportSchema, null, 2)}\n`);
