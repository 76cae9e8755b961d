import { writeFileSync } from 'node:fs';
import { schemaText, shippedSchemas } from './schemas.ts';

/** Writes the files of `schemas/` anew. */
for (const [name, schema] of Object.entries(shippedSchemas)) {
  writeFileSync(new URL(`../../schemas/${name}`, import.meta.url), schemaText(schema));
}
