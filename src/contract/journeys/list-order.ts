import { plainName } from '../../plan/index.ts';
import { isPlain } from '../values/at-steps.ts';
import { broken, type Finding, kept, unknown } from './journey.ts';
import { readWholeList } from './read-list.ts';
import type { ListContext } from './run-lists.ts';
import { text } from './same-value.ts';

interface Ordering {
  readonly value: string;
  readonly property: string;
  readonly descending: boolean;
}

/** Each ordering that is listed orders the list, over all its pages. */
export async function lookOrder(context: ListContext, name: string): Promise<Finding> {
  const { run, duties, path, all } = context;
  const parameter = duties.operation.parameters.find((one) => one.name === name);
  const schema = parameter?.schema;
  const values =
    typeof schema === 'object' && schema.enum !== undefined
      ? schema.enum.filter((one) => typeof one === 'string')
      : [];
  const orderings = values.map((value) => orderingOf(value, all.items)).filter((one) => one !== undefined);
  if (orderings.length === 0) return lookUnlisted(context, name);
  for (const ordering of orderings) {
    const size = all.items.length > 40 ? 25 : Math.max(2, Math.ceil(all.items.length / 2));
    const list = await readWholeList(run, duties.operation, {
      path,
      query: { [name]: ordering.value },
      size,
    });
    const fault = list === undefined ? undefined : disorder(list.items, ordering);
    const page = list?.pages[0];
    if (fault !== undefined && page !== undefined)
      return broken(`ordered by ${ordering.value}, ${fault}`, page.seen);
  }
  return kept;
}

const mostTried = 4;

/** Where nothing says what a list can be ordered by, its own properties are tried: that one works is proof, that none does is not. */
async function lookUnlisted({ run, duties, path, all }: ListContext, name: string): Promise<Finding> {
  const first = all.items.find(isPlain) ?? {};
  const properties = Object.keys(first).filter((one) => {
    const values = all.items.map((item) => (isPlain(item) ? item[one] : undefined));
    const isScalar = values.every((value) => typeof value === 'string' || typeof value === 'number');
    return isScalar && new Set(values).size > 1;
  });
  for (const property of properties.slice(0, mostTried)) {
    const orderings = [property, `-${property}`].map((value) => orderingOf(value, all.items));
    let works = true;
    for (const ordering of orderings) {
      const query = { [name]: ordering?.value };
      const list =
        ordering === undefined ? undefined : await readWholeList(run, duties.operation, { path, query });
      works &&= ordering !== undefined && list !== undefined && disorder(list.items, ordering) === undefined;
      if (!works) break;
    }
    if (works) return kept;
  }
  return unknown('the values that order the list are not listed');
}

function orderingOf(value: string, items: readonly unknown[]): Ordering | undefined {
  const descending = value.startsWith('-') || /[:_ ]desc(?:ending)?$/i.test(value);
  const wanted = plainName(value.replace(/[:_ ](?:asc|desc)(?:ending)?$/i, ''));
  const first = items.find(isPlain);
  const property = Object.keys(first ?? {}).find((name) => plainName(name) === wanted);
  return property === undefined ? undefined : { value, property, descending };
}

const orders: readonly ((left: string, right: string) => number)[] = [
  (left, right) => (left < right ? -1 : Number(left > right)),
  (left, right) => left.localeCompare(right),
  (left, right) => compareFolded(left.toLowerCase(), right.toLowerCase()),
];

function compareFolded(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Texts may be ordered in any usual way; numbers only as numbers. What has no value stands anywhere. */
function disorder(items: readonly unknown[], { property, descending }: Ordering): string | undefined {
  const values = items
    .map((item) => (isPlain(item) ? item[property] : undefined))
    .filter((one) => one !== undefined && one !== null);
  const sign = descending ? -1 : 1;
  if (values.every((one) => typeof one === 'number')) {
    return firstWrong(values, (left, right) => sign * (left - right));
  }
  if (!values.every((one) => typeof one === 'string')) return undefined;
  const faults = orders.map((order) => firstWrong(values, (left, right) => sign * order(left, right)));
  return faults.includes(undefined) ? undefined : faults[0];
}

function firstWrong<Value>(
  values: readonly Value[],
  compare: (left: Value, right: Value) => number,
): string | undefined {
  for (let index = 1; index < values.length; index += 1) {
    const [left, right] = [values[index - 1] as Value, values[index] as Value];
    if (compare(left, right) > 0) return `${text(left)} stands before ${text(right)}`;
  }
  return undefined;
}
