import { describe, expect, it } from 'vitest';
import { normalizeArguments } from '../../src/cli/arguments.ts';

describe('normalizeArguments', () => {
  const table: [given: string, want: string][] = [
    ['mock api.yaml', 'mock api.yaml'],
    ['--verboseLevel debug', '--verbose-level debug'],
    ['--verbose-level=debug', '--verbose-level=debug'],
    ['--ignoreExamples', '--ignore-examples'],
    ['--json-schema-faker-fillProperties=false', '--no-fill-properties'],
    ['--no-json-schema-faker-fillProperties', '--no-fill-properties'],
    ['--jsonSchemaFakerFillProperties', '--fill-properties'],
    ['--errors=true api.yaml', '--errors api.yaml'],
    ['--errors true api.yaml', '--errors api.yaml'],
    ['--errors false api.yaml', '--no-errors api.yaml'],
    ['--errors api.yaml', '--errors api.yaml'],
    ['-d false', '--no-dynamic'],
    ['-d api.yaml', '-d api.yaml'],
    ['-m=true', '--multiprocess'],
    ['--seed true', '--seed true'],
    ['--seed=a=b', '--seed=a=b'],
    ['--credential token=a=b', '--credential token=a=b'],
    ['-- --verboseLevel --errors false', '-- --verboseLevel --errors false'],
  ];
  for (const [given, want] of table) {
    it(`reads ${given}`, () => expect(normalizeArguments(given.split(' '))).toEqual(want.split(' ')));
  }
});
