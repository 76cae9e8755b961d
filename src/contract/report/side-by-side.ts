import { printable } from '../../core/index.ts';

/** A text on lines of at most so many characters, broken at spaces where there are any. At least one line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = printable(text).trim();
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  lines.push(rest);
  return lines;
}

/** Two texts in two columns of the same width, line by line; the shorter one is filled up with nothing. */
export function sideBySide(left: string, right: string, width: number): [left: string, right: string][] {
  const column = Math.max(10, width);
  const [lefts, rights] = [wrap(left, column), wrap(right, column)];
  const rows: [string, string][] = [];
  for (let index = 0; index < Math.max(lefts.length, rights.length); index += 1) {
    rows.push([(lefts[index] ?? '').padEnd(column), rights[index] ?? '']);
  }
  return rows;
}
