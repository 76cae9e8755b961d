import { readFileSync } from 'node:fs';
import { manual } from './generated-parts.ts';

/** A block of code of the manual. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of the manual where it begins. */
  readonly line: number;
}

/** Every block of the manual, in order. */
export function blocksOfManual(): readonly Block[] {
  const found: Block[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of readFileSync(manual, 'utf8').split('\n').entries()) {
    const fence = /^```(\w*)$/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === undefined) open = { language: fence[1] ?? '', line: index + 2, lines: [] };
    else {
      found.push({ language: open.language, line: open.line, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    }
  }
  return found;
}

/** The one block that begins so. */
export function blockBeginning(beginning: string): Block {
  const [block, second] = blocksOfManual().filter(({ text }) => text.startsWith(beginning));
  if (block === undefined || second !== undefined)
    throw new Error(
      `The manual has ${block === undefined ? 'no' : 'more than one'} block that begins "${beginning}".`,
    );
  return block;
}
