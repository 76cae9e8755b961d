import type { Random } from '../../core/index.ts';
import { afresh } from '../pool/pools.ts';
import { failed, isTooLong, type Run } from '../run.ts';
import { isSeparable } from '../shape/separable.ts';
import type { Shape } from '../shape/shape.ts';
import { type Kit, nearNames } from './kit.ts';
import { type Entry, type Plan, planOf, shareOf } from './object-plan.ts';
import { slotAllowance, takeSlot } from './take-slot.ts';

/** Members that an object is to have, in place of those that would be made. */
export type Given = Readonly<Record<string, unknown>>;

/** Writes an object as JSON text; `undefined` where it cannot be vouched for. */
export type Write = (run: Run, random: Random, given: Given) => string | undefined;

/**
 * Compiles what writes an object as text, member by member: the same as `compileObject` makes. `undefined` for a shape that is not
 * one kind of object whose members can be judged one by one.
 *
 * Why what is written is valid: the object is, where each member is (`isSeparable`), all that are required are there, and not too few
 * or too many in all. A given member is judged here; one that was made, now or when its slot was filled, is proven or was judged.
 */
export function compileWrite(kit: Kit, shape: Shape, names: readonly string[]): Write | undefined {
  const { leaf } = shape;
  if (leaf === undefined || kit.source === 'static' || !isSeparable(shape, 'object')) return undefined;
  const plan = planOf(kit, shape, leaf.object(), nearNames(names));
  const { facts, isSimple, fill } = plan;
  const isWhole = isSimple && fill && !facts.isFreeForm && facts.impossible === undefined;
  return isWhole ? (run, random, given) => writeObject(run, random, { plan, given }) : undefined;
}

interface Writing {
  readonly plan: Plan;
  readonly given: Given;
}

function writeObject(run: Run, random: Random, { plan, given }: Writing): string | undefined {
  const share = shareOf(run, plan);
  if (plan.deepCount > 0 && share < slotAllowance) return undefined;
  for (const name of Object.keys(given)) if (!plan.byName.has(name)) return undefined;
  if (plan.deepCount > 0) run.open = [plan.shape];
  run.level = 1;
  let text = '';
  let count = 0;
  for (const entry of plan.entries) {
    run.allowance = share;
    run.values += 1;
    const member = writeMember(run, random, entry, { plan, given });
    if (member !== undefined) {
      text += member;
      count += 1;
    } else if (entry.required || entry.index === 0 || Object.hasOwn(given, entry.name)) return undefined;
  }
  if (count < plan.facts.minProperties || isTooLong(run)) return undefined;
  return count === 0 ? '{}' : `${text}}`;
}

/** A member with what stands before it. The first one opens the object, so that it has to be there. */
function writeMember(run: Run, random: Random, entry: Entry, { plan, given }: Writing): string | undefined {
  if (Object.hasOwn(given, entry.name)) {
    const value = given[entry.name];
    return entry.accepts(value) ? memberText(entry, value) : undefined;
  }
  const slot = takeSlot(run, random, plan, entry);
  if (slot !== afresh) return slot.text;
  const value = entry.make(run, random.fork(entry.stream), random);
  const isValid = value !== failed && (entry.isProven() || entry.accepts(value));
  return isValid ? memberText(entry, value) : undefined;
}

const plainText = /^[ !#-[\]-~]*$/;

function memberText({ opening }: Entry, value: unknown): string | undefined {
  if (typeof value === 'string' && plainText.test(value)) return `${opening}"${value}"`;
  const json = JSON.stringify(value);
  return json === undefined ? undefined : `${opening}${json}`;
}
