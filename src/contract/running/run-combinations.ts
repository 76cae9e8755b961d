import type { OperationPlan } from '../../plan/index.ts';
import { findSmallest, type Pick, type SmallestCase } from '../generating/find-smallest.ts';
import { type Place, placesOf } from '../generating/places.ts';
import { type ExchangeFault, faultsOf } from '../judging/observe.ts';
import type { Duty, OperationDuties } from '../planning/duty.ts';
import type { Outcome } from '../sending/outcome.ts';
import { type Fill, makeBase } from './bases.ts';
import { call, type Run } from './run.ts';
import { isAccepted } from './run-basics.ts';

/** For each operation; linear in their number. */
const budget = { tries: 8, shrinks: 40 };

/** Sends several valid values at once, and holds the server to answering as the document says, whatever they are. */
export async function runCombinations(run: Run, duties: OperationDuties): Promise<void> {
  const [duty] = duties.combinations;
  if (duty === undefined) return;
  const plan = run.api.compile(duties.operation);
  const fills = run.bases.all(duties.operation);
  const fill = fills.includes('required') ? 'required' : fills[0];
  if (fill === undefined) {
    run.ledger.undecided(duty, run.bases.why(duties.operation));
    return;
  }
  // The duties given are those that are still open; those that passed are wanted here.
  const places = placesOf(run, plan, run.dutiesOf(duties.operation) ?? duties);
  if (places.length < 2) {
    run.ledger.skip(duty, 'fewer than two of its values can be chosen');
    return;
  }
  await search(run, { plan, duties, duty, fill, places });
}

interface Field {
  readonly plan: OperationPlan;
  readonly duties: OperationDuties;
  readonly duty: Duty;
  readonly fill: Fill;
  readonly places: readonly Place[];
}

async function search(run: Run, field: Field): Promise<void> {
  const { plan, duties, duty, places } = field;
  let accepted = 0;
  const holds = async (picks: readonly Pick[]): Promise<boolean> => {
    const outcome = await sendPicks(run, field, picks);
    if (outcome?.kind !== 'answered') return true;
    if (isAccepted(outcome.status)) accepted += 1;
    return newFaults(run, { plan, duties, outcome }).length === 0;
  };
  const choices = places.map((place) => place.choices.length);
  const seed = run.random.fork(duty.obligation.id).integer(0, 0x7fff_ffff);
  const smallest = await findSmallest(choices, { ...budget, seed }, holds);
  if (smallest !== undefined) await tell(run, field, smallest);
  else if (accepted > 0) run.ledger.pass(duty);
  else run.ledger.undecided(duty, 'no combination of valid values was accepted');
}

/** Sends the base with the picked values. The outer ones are put first, so that the inner ones stay. */
async function sendPicks(
  run: Run,
  { plan, duty, fill, places }: Field,
  picks: readonly Pick[],
): Promise<Outcome | undefined> {
  const { id } = duty.obligation;
  const base = await makeBase(run, plan, { fill, name: `${id} ${JSON.stringify(picks)}` });
  if ('reason' in base) return undefined;
  let { values } = base;
  const inOrder = picks.toSorted(
    (left, right) => (places[left.place]?.depth ?? 0) - (places[right.place]?.depth ?? 0),
  );
  for (const { place, choice } of inOrder) values = places[place]?.choices[choice]?.put(values) ?? values;
  return call(run, plan, { values, obligation: id, quiet: true });
}

interface Answered {
  readonly plan: OperationPlan;
  readonly duties: OperationDuties;
  readonly outcome: Outcome & { kind: 'answered' };
}

/** What is wrong with an answer and was not seen in one of the operation before. */
function newFaults(run: Run, { plan, duties, outcome }: Answered): readonly ExchangeFault[] {
  return faultsOf({ plan, exchange: outcome.exchange, purpose: {} }).filter(({ check, key }) => {
    const duty = duties.exchange.get(check);
    return duty !== undefined && !run.ledger.knows(duty, key);
  });
}

/** Sends the smallest case once more and tells what is wrong with it. */
async function tell(run: Run, field: Field, smallest: SmallestCase): Promise<void> {
  const { plan, duties, duty, places } = field;
  const outcome = await sendPicks(run, field, smallest.picks);
  const [fault] = outcome?.kind === 'answered' ? newFaults(run, { plan, duties, outcome }) : [];
  if (outcome?.kind !== 'answered' || fault === undefined) {
    run.ledger.undecided(duty, `${wordsFor(smallest, places)} was answered wrongly once, and not again`);
    return;
  }
  const { check, ...rest } = fault;
  const failure = {
    ...rest,
    message: `${fault.message} It shows with ${wordsFor(smallest, places)}.`,
    exchange: outcome.exchange,
    confirm: async () => {
      const again = await sendPicks(run, field, smallest.picks);
      if (again?.kind !== 'answered') return undefined;
      return faultsOf({ plan, exchange: again.exchange, purpose: {} }).some(({ key }) => key === fault.key);
    },
  };
  run.ledger.fail({ ...failure, duty });
  const own = duties.exchange.get(check);
  if (own !== undefined) run.ledger.fail({ ...failure, duty: own });
}

function wordsFor({ picks, from, seed, path }: SmallestCase, places: readonly Place[]): string {
  const names = picks.flatMap(({ place, choice }) => places[place]?.choices[choice]?.name ?? []);
  const shrunk = from > picks.length ? `, shrunk from ${from} values` : '';
  return `${names.join(' and ')} (fast-check seed ${seed}, path ${path}${shrunk})`;
}
