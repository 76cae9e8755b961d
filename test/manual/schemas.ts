import { configSchema } from '../../src/config/config-schema.ts';
import { exampleDataSchema } from '../../src/config/example-data.ts';
import { reportSchema } from '../../src/contract/report/report-schema.ts';
import { correctionSchema } from '../../src/plan/index.ts';
import { scenarioSchema } from '../../src/scenario/index.ts';

/** The JSON Schemas that the package ships, by the name of their file in `src/schemas/`. */
export const shippedSchemas: Readonly<Record<string, object>> = {
  'config.schema.json': configSchema,
  'example-data.schema.json': exampleDataSchema,
  'report.schema.json': reportSchema,
  'scenario.schema.json': scenarioSchema,
  'x-apidouble.schema.json': correctionSchema,
};

/** A schema as its file holds it. */
export function schemaText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
