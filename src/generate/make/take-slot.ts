import type { Random } from '../../core/index.ts';
import { compileCopy } from '../faker/plain-copy.ts';
import { afresh, type Pools, type Slot, slotCount } from '../pool/pools.ts';
import { createWitness } from '../pool/witness.ts';
import { failed, type Run, startRun } from '../run.ts';
import type { Entry, Plan } from './object-plan.ts';

/** How many values may lie below one that stands in a slot. */
export const slotAllowance = 40;

const longestText = 2_000;

/**
 * The slot of an object's property: the object's stream says which of the property's values it is. `afresh` where the value hangs on
 * the object (its person, its moments, its id), where it is wanted to be alone of its kind, or where it is long.
 */
export function takeSlot(run: Run, random: Random, plan: Plan, entry: Entry): Slot | typeof afresh {
  const { pools } = run;
  if (pools === undefined || !entry.mayRepeat) return afresh;
  if (entry.isDeep && (run.allowance < slotAllowance || isPlanned(run, entry))) return afresh;
  const number = entry.index * slotCount + Math.floor(random.spot(entry.stream) * slotCount);
  const known = pools.slotsOf(plan).get(number);
  const slot = known ?? fillSlot(run, pools, { plan, entry, number });
  if (slot !== afresh) run.characters += slot.text.length;
  return slot;
}

/** Whether the caller says how the list of this name is made. */
function isPlanned({ lists, level }: Run, { name }: Entry): boolean {
  return lists !== undefined && level === 1 && Object.hasOwn(lists, name);
}

function fillSlot(
  { bench }: Run,
  pools: Pools,
  { plan, entry, number }: { readonly plan: Plan; readonly entry: Entry; readonly number: number },
): Slot | typeof afresh {
  const random = pools.random.fork(entry.stream).fork(number);
  const owner = createWitness(random.fork('~owner'));
  const run = startRun({ now: pools.now }, bench);
  run.level = 1;
  run.allowance = slotAllowance;
  run.open = [plan.shape];
  const value = entry.make(run, random, owner);
  const isFit = value !== failed && !owner.wasAsked && (entry.isProven() || entry.accepts(value));
  const slot = isFit ? slotFor(entry, value) : afresh;
  pools.keep(plan, number, slot);
  return slot;
}

function slotFor({ opening }: Entry, value: unknown): Slot | typeof afresh {
  const json = JSON.stringify(value);
  if (json === undefined || json.length > longestText) return afresh;
  const text = `${opening}${json}`;
  if (typeof value !== 'object' || value === null) return { text, take: () => value };
  let copy: (() => unknown) | undefined;
  return {
    text,
    take() {
      copy ??= compileCopy(JSON.parse(text.slice(opening.length)) as unknown);
      return copy();
    },
  };
}
