import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../src/core/finding-codes.ts';
import { documentFaultCodes } from '../../src/document/fault-codes.ts';
import { lintCodes } from '../../src/plan/lint/lint-document.ts';
import { manual, withGenerated } from '../manual/generated-parts.ts';
import { schemaText, shippedSchemas } from '../manual/schemas.ts';

const source = new URL('../../src/', import.meta.url);

describe('the manual', () => {
  it('has the help, the findings and the errors that the code has (npm run manual writes them)', () => {
    const text = readFileSync(manual, 'utf8');
    expect(text).toBe(withGenerated(text));
  });

  it('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readFileSync(manual, 'utf8').matchAll(/npm run ([a-z:-]+)/g)].map(
      (match) => match[1] as string,
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('the schemas that are shipped', () => {
  it.each(Object.entries(shippedSchemas))(
    '%s is what the code has (npm run manual writes it)',
    (name, schema) => {
      const file = new URL(`../../src/schemas/${name}`, import.meta.url);
      expect(readFileSync(file, 'utf8')).toBe(schemaText(schema));
    },
  );
});

describe('the codes of findings', () => {
  it('stand in a table, each that the source gives out', () => {
    const known = new Set(Object.keys({ ...findingCodes, ...documentFaultCodes, ...lintCodes }));
    const unknown: string[] = [];
    for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(new URL(file, source), 'utf8');
      for (const match of text.matchAll(
        /'((?:wire|body|parameter|security|callback|document)\.[a-z0-9-]+)'/g,
      )) {
        const code = match[1] as string;
        if (!known.has(code)) unknown.push(`${file}: ${code}`);
      }
    }
    expect(unknown).toEqual([]);
  });
});
