import { markPlaceOf } from '../contract/index.ts';
import { printable } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import {
  type ApiPlan,
  compilePlan,
  type DescribedList,
  type DescribedResource,
  describeResources,
} from '../plan/index.ts';

const howToCorrect =
  'Where something is wrong, say so: by x-apidouble on the operation, or by "operations" in the configuration.';

/** What is inferred of the resources that some operations belong to, in sentences; empty where there are none. */
export function inferredLines(document: ApiDocument, operations: ReadonlySet<string>): readonly string[] {
  const plan = compilePlan(document);
  const wanted = describeResources(document, plan).filter((one) =>
    Object.values(one.operations).some((key) => operations.has(key)),
  );
  if (wanted.length === 0) return [];
  return ['', `What is inferred. ${howToCorrect}`, ...wanted.flatMap((one) => resourceLines(one, plan))].map(
    printable,
  );
}

function resourceLines(resource: DescribedResource, plan: ApiPlan): string[] {
  const { collection, item, key, thing, operations, list, corrected } = resource;
  const variable = /\{([^{}]+)\}[^{}]*$/.exec(item)?.[1] ?? '';
  const lines = [
    key === undefined
      ? `no property is known that {${variable}} names`
      : `\`${key}\` is the id that {${variable}} names`,
    ...(thing === '.' ? [] : [`an answer has the thing in \`${thing}\``]),
    `operations: ${Object.entries(operations)
      .map(([role, name]) => `${role} ${name}`)
      .join(', ')}`,
    ...(list === undefined ? [] : listLines(list)),
    ...markLines(operations, plan),
  ];
  return ['', `  ${collection}${corrected ? ' (corrected)' : ''}`, ...lines.map((line) => `    ${line}`)];
}

function listLines({ items, page, size, offset, cursor, order, searches, filters }: DescribedList): string[] {
  const paging = [page, offset, cursor, size].filter((one) => one !== undefined).map((one) => `\`${one}\``);
  return [
    items === undefined
      ? 'its answer has no list that could be seen'
      : items === '.'
        ? 'the answer is the list'
        : `the list is in \`${items}\``,
    ...(paging.length === 0 ? ['it is not paged'] : [`${paging.join(' and ')} page the list`]),
    ...filters.map(({ parameter, property, operator }) => {
      const how = operator === 'equals' ? '' : ` (${operator})`;
      return `\`${parameter}\` filters the list by \`${property}\`${how}`;
    }),
    ...(order === undefined ? [] : [`\`${order}\` orders the list`]),
    ...searches.map((name) => `\`${name}\` searches the list`),
  ];
}

function markLines({ create, delete: remove }: DescribedResource['operations'], plan: ApiPlan): string[] {
  const operation = create === undefined ? undefined : plan.find(create);
  if (operation === undefined || operation.disabledBy !== undefined) return [];
  const place = markPlaceOf(plan.compile(operation));
  const leave = 'so things are made only with --leave-behind';
  if (remove === undefined) return [`there is no DELETE, ${leave}`];
  return [
    place === undefined
      ? `no text could carry the mark of a run, ${leave}`
      : `\`${place}\` carries the mark of a run`,
  ];
}
