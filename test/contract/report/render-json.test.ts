import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../../src/contract/report/render-json.ts';
import { reportSchema } from '../../../src/contract/report/report-schema.ts';
import type { Report } from '../../../src/contract/report.ts';
import { hostileReport, sampleReport } from './sample-report.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const validate: ValidateFunction = ajv.compile(reportSchema);

function faultsOf(report: unknown): string[] {
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Every place of a value, as the keys that lead there. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Reflect.set(copy, key, replaced(Reflect.get(copy, key), rest, put));
  return copy;
}

describe('the json report', () => {
  it.each([
    ['a sample with everything in it', sampleReport],
    ['hostile texts', hostileReport()],
    ['a run without results', { ...sampleReport, results: [], findings: [], notes: [] }],
  ])('is valid by its schema: %s', (_name, report) => {
    const read: unknown = JSON.parse(renderJson(report));
    expect(faultsOf(read)).toEqual([]);
    expect(read).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('is valid with any texts, counts and grades', () => {
    const any = fc.record({
      seed: fc.string({ unit: 'binary' }),
      notes: fc.array(fc.string()),
      requests: fc.nat(),
      seconds: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(any, (more) => {
        const report: Report = { ...sampleReport, ...more };
        expect(faultsOf(JSON.parse(renderJson(report)))).toEqual([]);
      }),
    );
  });

  it('is not valid with a value of another kind at any place', () => {
    const read: unknown = JSON.parse(renderJson(sampleReport));
    const places = placesOf(read);
    fc.assert(
      fc.property(fc.constantFrom(...places), (place) => {
        expect(faultsOf(replaced(read, place, null))).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is not valid with a member that the schema does not know', () => {
    expect(faultsOf({ ...sampleReport, extra: 1 })).not.toEqual([]);
  });
});
