import { writeFileSync } from 'node:fs';
import { schemaText, shippedSchemas } from './schemas.ts';

/** Writes the files of `src/schemas/` anew. */
for (const [name, schema] of Object.entries(shippedSchemas)) {
  writeFileSync(new URL(`../../src/schemas/${name}`, import.meta.url), schemaText(schema));
}
