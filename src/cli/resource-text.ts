import { printable } from '../core/index.ts';
import type { DescribedList, DescribedPart, DescribedResource } from '../plan/index.ts';
import type { Colors } from './terminal.ts';

/** What is inferred of a document's resources, for a person, and how to correct it: what `lint --resources` prints. */
export function resourceText({ resources, parts }: Inferred, colors: Colors): string {
  if (resources.length === 0 && parts.length === 0)
    return 'No path has both a collection and an item: nothing can be kept.\n';
  const blocks = resources.map((resource) => linesOf(resource, colors).join('\n'));
  if (parts.length > 0) blocks.push(partLines(parts, colors).join('\n'));
  const advice = 'What is wrong here is put right by "x-apidouble" in the document or in an overlay.';
  return `${blocks.join('\n\n')}\n\n${colors.dim(advice)}\n`;
}

/** What is inferred of a document. */
interface Inferred {
  readonly resources: readonly DescribedResource[];
  readonly parts: readonly DescribedPart[];
}

function partLines(parts: readonly DescribedPart[], colors: Colors): string[] {
  const lines = parts.map(
    ({ operation, does }) => `  ${printable(operation)} ${colors.dim(printable(does))}`,
  );
  return [colors.bold('beside these, with a stateful mock'), ...lines];
}

function linesOf(resource: DescribedResource, colors: Colors): string[] {
  const { collection, item, key, thing, operations, list, corrected } = resource;
  const named = key === undefined ? 'no property is the key' : `"${key}" is the key`;
  const where = thing === '.' ? '' : `; an answer has the thing in "${thing}"`;
  const rows: [string, string][] = [
    ['thing', `${item}: ${named}${where}`],
    ['does', Object.keys(operations).join(', ')],
    ...(list === undefined ? [] : listRows(list)),
    ...(corrected ? [['told', 'some of this by "x-apidouble"'] as [string, string]] : []),
  ];
  return [
    colors.bold(printable(collection)),
    ...rows.map(([name, text]) => `  ${colors.dim(name.padEnd(8))} ${printable(text)}`),
  ];
}

function listRows({ items, order, searches, filters, ...paging }: DescribedList): [string, string][] {
  const { size, page, offset, cursor } = paging;
  const pages = Object.entries({ page, size, offset, cursor }).flatMap(([role, name]) =>
    name === undefined ? [] : [`"${name}" is the ${role}`],
  );
  const others = [
    ...(order === undefined ? [] : [`"${order}" orders`]),
    ...searches.map((name) => `"${name}" searches`),
    ...filters.map(
      ({ parameter, property, operator }) =>
        `"${parameter}" filters by ${property}${operator === 'equals' ? '' : ` (${operator})`}`,
    ),
  ];
  return [
    [
      'list',
      items === undefined ? 'not described as one' : items === '.' ? 'the answer itself' : `in "${items}"`,
    ],
    ...(pages.length === 0 ? [] : [['pages', pages.join(', ')] as [string, string]]),
    ...others.map((text): [string, string] => ['query', text]),
  ];
}
