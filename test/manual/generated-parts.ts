import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findingCodes } from '../../src/core/finding-codes.ts';
import { errorCodes } from '../../src/core/index.ts';
import { documentFaultCodes } from '../../src/document/fault-codes.ts';
import { lintCodes } from '../../src/plan/lint/lint-document.ts';

export const manual: URL = new URL('../../README.md', import.meta.url);
const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The manual with every generated part made anew; a part stands between `<!-- name -->` and `<!-- /name -->`. */
export function withGenerated(text: string): string {
  let result = text;
  for (const [name, content] of Object.entries(parts())) {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = result.indexOf(start);
    const to = result.indexOf(end);
    if (from < 0 || to < from) throw new Error(`The manual has no place for "${name}".`);
    result = `${result.slice(0, from + start.length)}\n${content}\n${result.slice(to)}`;
  }
  return result;
}

function parts(): Record<string, string> {
  return {
    'mock --help': help('mock'),
    'lint --help': help('lint'),
    'verify --help': help('verify'),
    'recheck --help': help('recheck'),
    'proxy --help': help('proxy'),
    'check --help': help('check'),
    'replay --help': help('replay'),
    'learn --help': help('learn'),
    findings: table({ ...findingCodes, ...documentFaultCodes, ...lintCodes }),
    errors: table(errorCodes),
  };
}

function help(name: string): string {
  const text = execFileSync(process.execPath, [command, name, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '100' },
  });
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}

function table(rows: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rows).map(
    ([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return ['', '| code | meaning |', '|---|---|', ...lines, ''].join('\n');
}
