import type { Schema } from '../../schema/index.ts';
import type { Step } from '../planning/spots.ts';

/** Makes a value of a schema. */
export type Make = (schema: Schema) => unknown;

type Plain = Readonly<Record<string, unknown>>;

/** A record that is neither a list nor bytes. */
export function isPlain(value: unknown): value is Plain {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

/** The value at the end of the steps; `undefined` where there is none. */
export function valueAtSteps(root: unknown, steps: readonly Step[]): unknown {
  let value = root;
  for (const step of steps) {
    if (step.kind === 'item') value = Array.isArray(value) ? value[Number(step.name)] : undefined;
    else if (!isPlain(value)) return undefined;
    else {
      const name = memberName(value, step);
      value = name !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
    }
  }
  return value;
}

function memberName(value: Plain, step: Step): string | undefined {
  return step.kind === 'member' ? Object.keys(value)[0] : step.name;
}

/** The root with another value at the end of the steps (`undefined` takes it away); what is missing on the way is made. */
export function withValueAt(
  root: unknown,
  steps: readonly Step[],
  change: { value: unknown; make: Make },
): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return change.value;
  if (step.kind === 'item') return withItem(Array.isArray(root) ? root : [], { step, rest, change });
  return withMember(isPlain(root) ? root : {}, { step, rest, change });
}

interface Onward {
  readonly step: Step;
  readonly rest: readonly Step[];
  readonly change: { readonly value: unknown; readonly make: Make };
}

function withItem(list: readonly unknown[], { step, rest, change }: Onward): unknown[] {
  const index = Math.min(Number(step.name), list.length);
  const there = index < list.length || rest.length === 0;
  const next = withValueAt(there ? list[index] : change.make(step.schema), rest, change);
  const [before, after] = [list.slice(0, index), list.slice(index + 1)];
  return next === undefined && rest.length === 0 ? [...before, ...after] : [...before, next, ...after];
}

function withMember(object: Plain, { step, rest, change }: Onward): Plain {
  const name = memberName(object, step) ?? step.name;
  const has = Object.hasOwn(object, name);
  const inner = has || rest.length === 0 ? object[name] : change.make(step.schema);
  const next = withValueAt(inner, rest, change);
  const entries = Object.entries(object).filter(([one]) => one !== name || next !== undefined);
  if (next === undefined) return Object.fromEntries(entries.filter(([one]) => one !== name));
  if (!has) return Object.fromEntries([...entries, [name, next]]);
  return Object.fromEntries(entries.map(([one, value]) => [one, one === name ? next : value]));
}
