import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { AcceptedDuty, OperationDuties } from '../planning/duty.ts';
import { isPlaceInList, siteName } from '../planning/plan-values.ts';
import type { Spot } from '../planning/spots.ts';
import type { Outcome } from '../sending/outcome.ts';
import { withValueAt } from '../values/at-steps.ts';
import { tryToMake } from '../values/make-values.ts';
import { type Fill, makeBase } from './bases.ts';
import { call, inParallel, type Run, wordsOf } from './run.ts';
import { isAccepted } from './run-basics.ts';
import { startingFrom, validatorOf, withSiteValue } from './sites.ts';

/** Sends valid values at the edges: many in one request, and one at a time only where such a request was refused. */
export async function runAccepted(run: Run, duties: OperationDuties): Promise<void> {
  const plan = run.api.compile(duties.operation);
  const fill = run.bases.accepted(duties.operation);
  if (fill === undefined) {
    for (const duty of duties.accepted) run.ledger.undecided(duty, run.bases.why(duties.operation));
    return;
  }
  const width = run.options.concurrency ?? 4;
  await inParallel(rowsOf(duties.accepted), { width, work: (row) => tryRow(run, plan, { row, fill }) });
}

/** The nth edge of every place together; a branch of a choice has rows of its own. */
function rowsOf(duties: readonly AcceptedDuty[]): AcceptedDuty[][] {
  const rows = new Map<string, AcceptedDuty[]>();
  const counts = new Map<string, number>();
  for (const duty of duties) {
    const branch =
      duty.spot.within === undefined ? '' : `${siteName(duty.site)} ${branchOf(duty.spot.label)}`;
    const place = `${siteName(duty.site)} ${duty.spot.label}`;
    const index = counts.get(place) ?? 0;
    counts.set(place, index + 1);
    const key = `${branch} ${index}`;
    rows.set(key, [...(rows.get(key) ?? []), duty]);
  }
  return [...rows.values()].map((row) =>
    row.toSorted((left, right) => left.spot.steps.length - right.spot.steps.length),
  );
}

function branchOf(label: string): string {
  return label.slice(0, label.indexOf(')') + 1);
}

interface Row {
  readonly row: readonly AcceptedDuty[];
  readonly fill: Fill;
}

async function tryRow(run: Run, plan: OperationPlan, { row, fill }: Row): Promise<void> {
  const [first] = row;
  if (first === undefined) return;
  const sent = await sendRow(run, plan, { row, fill });
  if (typeof sent === 'string') {
    for (const duty of row) run.ledger.undecided(duty, sent);
    return;
  }
  const { outcome, placed } = sent;
  for (const duty of row)
    if (!placed.includes(duty)) run.ledger.skip(duty, 'the rest of the schema rules it out');
  if (outcome === undefined) return;
  if (outcome.kind === 'answered' && isAccepted(outcome.status)) {
    for (const duty of placed) run.ledger.pass(duty);
    return;
  }
  if (placed.length > 1) {
    for (const duty of placed) await tryRow(run, plan, { row: [duty], fill });
    return;
  }
  const [duty] = placed;
  if (duty !== undefined) await judgeAlone(run, plan, { duty, outcome, fill });
}

type Sent = { readonly outcome?: Outcome; readonly placed: readonly AcceptedDuty[] } | string;

async function sendRow(run: Run, plan: OperationPlan, { row, fill }: Row): Promise<Sent> {
  const name = row.length === 1 ? (row[0]?.obligation.id ?? '') : `row ${row[0]?.obligation.id}`;
  const base = await makeBase(run, plan, { fill, name, fresh: plan.operation.method === 'DELETE' });
  if ('reason' in base) return base.reason;
  let { values } = base;
  const placed: AcceptedDuty[] = [];
  for (const duty of row) {
    const changed = placeEdge(run, plan, { duty, values });
    if (changed === undefined) continue;
    values = changed;
    placed.push(duty);
  }
  if (placed.length === 0) return { placed };
  const [only] = placed;
  const obligation = placed.length === 1 ? only?.obligation.id : undefined;
  const outcome = await call(run, plan, { values, ...(obligation === undefined ? {} : { obligation }) });
  return outcome === undefined ? 'the request cannot be written' : { outcome, placed };
}

/** The request with the duty's value, where the whole is still valid. */
export function placeEdge(
  run: Run,
  plan: OperationPlan,
  { duty, values }: { duty: AcceptedDuty; values: RequestValues },
): RequestValues | undefined {
  const { site, spot } = duty;
  const validator = validatorOf(plan, site);
  if (validator === undefined) return undefined;
  return tryToMake(() => {
    const { tools, whole, valid } = startingFrom(run, duty, values);
    const edge = duty.edge.value(valid, tools);
    for (const one of placings(spot, edge)) {
      const value = withValueAt(whole, one.steps, { value: one.value, make: tools.make });
      if (validator.isValid(value)) return withSiteValue(values, site, value);
    }
    return undefined;
  });
}

/** An item may not stand beside its like: then it stands alone. */
function placings({ steps }: Spot, value: unknown): readonly { steps: Spot['steps']; value: unknown }[] {
  const here = { steps, value };
  return steps.at(-1)?.kind === 'item' ? [here, { steps: steps.slice(0, -1), value: [value] }] : [here];
}

interface Alone {
  readonly duty: AcceptedDuty;
  readonly outcome: Outcome;
  readonly fill: Fill;
}

/** Statuses by which a server says that it does not take the values themselves. */
const refusals = new Set([400, 413, 414, 422]);

async function judgeAlone(run: Run, plan: OperationPlan, { duty, outcome, fill }: Alone): Promise<void> {
  const isFar =
    duty.site.kind === 'parameter' &&
    isPlaceInList(plan.operation, duty.site.parameter.name) &&
    duty.edge.keyword === 'maximum';
  if (isFar && outcome.kind === 'answered') {
    run.ledger.skip(duty, 'what lies past the end may be refused');
    return;
  }
  if (outcome.kind === 'none' || !refusals.has(outcome.status)) {
    run.ledger.undecided(duty, wordsOf(outcome));
    return;
  }
  if (await isRefusedAnyway(run, plan, { duty, outcome, fill })) {
    run.ledger.undecided(duty, `the same with a usual value is refused too: ${wordsOf(outcome)}`);
    return;
  }
  const isRefusedAgain = async (): Promise<boolean | undefined> => {
    const again = await sendRow(run, plan, { row: [duty], fill });
    if (typeof again === 'string' || again.outcome?.kind !== 'answered') return undefined;
    return refusals.has(again.outcome.status);
  };
  // Requests of ours that are on their way together may get into one another's way.
  if ((await isRefusedAgain()) === false) {
    run.ledger.undecided(duty, `it was refused once and not again: ${wordsOf(outcome)}`);
    return;
  }
  run.ledger.fail({
    duty,
    key: `refused ${duty.origin?.uri}#${duty.origin?.pointer}`,
    cause: `${plan.operation.method} ${plan.operation.path} refuses ${siteName(duty.site)} where it is valid`,
    message: `The server refused what the document allows: ${duty.obligation.title}. It said: ${wordsOf(outcome)}.`,
    expected: 'a 2xx',
    seen: String(outcome.status),
    exchange: outcome.exchange,
    origin: duty.origin,
    confirm: isRefusedAgain,
  });
}

/**
 * Whether the twin of the request, without the edge, is refused as well: then it is not the edge. A place may take only texts that name
 * something, or another part of the body may be what the server does not like.
 */
async function isRefusedAnyway(run: Run, plan: OperationPlan, alone: Alone): Promise<boolean> {
  const twin = await sendTwin(run, plan, alone);
  return twin?.kind === 'answered' && refusals.has(twin.status);
}

/** An optional parameter is left out; else a usual value stands where the edge stood. */
async function sendTwin(run: Run, plan: OperationPlan, { duty, fill }: Alone): Promise<Outcome | undefined> {
  const { site, edge, obligation } = duty;
  const isOdd = edge.name === 'type.odd-text';
  if (site.kind === 'parameter' && !site.parameter.required && !isOdd) {
    const base = await makeBase(run, plan, { fill, name: obligation.id });
    if ('reason' in base) return undefined;
    return call(run, plan, { values: withSiteValue(base.values, site, undefined) });
  }
  const value = isOdd ? (): unknown => 'apidouble' : (valid: unknown) => valid;
  const twin = await sendRow(run, plan, { row: [{ ...duty, edge: { ...edge, value } }], fill });
  return typeof twin === 'string' ? undefined : twin.outcome;
}
