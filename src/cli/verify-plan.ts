import type { Obligation } from '../contract/index.ts';
import { printable } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import { inferredLines } from './inferred.ts';

/** The obligations by operation, each with its grade, id and sentence, then what was inferred: what `--plan` prints. */
export function planText(document: ApiDocument, obligations: readonly Obligation[]): string {
  const lines = [`${printable(document.info.title)}: ${obligations.length} obligations`];
  for (const [key, own] of byOperation(obligations)) {
    lines.push('', `${printable(key)} (${own.length})`);
    const width = Math.min(70, Math.max(...own.map(({ id }) => id.length)));
    for (const { id, grade, title } of own) {
      lines.push(`  ${grade.padEnd(6)} ${printable(id).padEnd(width)}  ${printable(title)}`);
    }
  }
  const keys = new Set(obligations.map(({ operation }) => operation.key));
  return `${[...lines, ...inferredLines(document, keys)].join('\n')}\n`;
}

function byOperation(obligations: readonly Obligation[]): ReadonlyMap<string, readonly Obligation[]> {
  const groups = new Map<string, Obligation[]>();
  for (const obligation of obligations) {
    const { method, path } = obligation.operation;
    const key = `${method} ${path}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [obligation]);
    else known.push(obligation);
  }
  return groups;
}
