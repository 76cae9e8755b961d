import { childOrigin } from '../../core/index.ts';
import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import type { PlanOptions } from '../options.ts';
import type { Obligation, OperationReference } from '../report.ts';
import {
  allDuties,
  type Duty,
  type ExchangeCheck,
  exchangeChecks,
  type MessageDuty,
  type MessageFault,
  type OperationDuties,
  type OwnDuty,
} from './duty.ts';
import { compileGlobs } from './glob.ts';
import { type MakeObligation, namesOf, obligationsOf, referenceOf } from './obligation.ts';
import { indexPaths, type PathSources } from './path-sources.ts';
import { planCredentials } from './plan-credentials.ts';
import { planJourneys } from './plan-journeys.ts';
import { planNegotiations } from './plan-negotiations.ts';
import { isBound, isJsonType, mainMedia, planAccepted, planRejected, sitesOf } from './plan-values.ts';

/** The plan of a run, before anything is sent. */
export interface ContractPlan {
  readonly operations: readonly OperationDuties[];
  readonly obligations: readonly Obligation[];
  /** Operations that a fault of the document makes unusable, in words. */
  readonly notes: readonly string[];
}

/** Every obligation of a document, in its order. Nothing is sent, and no schema is compiled. */
export function planContract(document: ApiDocument, options: PlanOptions = {}): Obligation[] {
  return [...planOperations(document, options).obligations];
}

/** The same with what is needed to run it. */
export function planOperations(document: ApiDocument, options: PlanOptions = {}): ContractPlan {
  const paths = indexPaths(document);
  const included = filterOf(options);
  const operations: OperationDuties[] = [];
  const notes: string[] = [];
  for (const operation of document.operations) {
    try {
      const planned = keep(planOperation(operation, { paths, options }), included);
      if (allDuties(planned).some(included)) operations.push(planned);
    } catch (error) {
      notes.push(`${operation.key} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const obligations = operations.flatMap((one) => allDuties(one).map((duty) => duty.obligation));
  return { operations, obligations, notes };
}

interface PlanContext {
  readonly paths: PathSources;
  readonly options: PlanOptions;
}

function planOperation(operation: ApiOperation, { paths, options }: PlanContext): OperationDuties {
  if (operation.disabledBy !== undefined) throw new Error(operation.disabledBy.message);
  const reference = referenceOf(operation);
  const make = obligationsOf(reference, options.grades);
  return {
    operation,
    reference,
    exchange: planExchange(operation, make),
    basics: planBasics(operation, make),
    accepted: planAccepted(operation, paths, make),
    rejected: planRejected(operation, make),
    messages: planMessages(operation, paths, make),
    credentials: planCredentials(operation, paths, make),
    negotiations: planNegotiations(operation, paths, make),
    combinations: planCombinations(operation, paths, make),
    journeys: planJourneys(operation, paths, make),
    own: planOwn(operation, options.checks ?? {}, { reference, make }),
  };
}

/** The checks of the user's own that are for an operation. */
function planOwn(
  { origin }: ApiOperation,
  checks: NonNullable<PlanOptions['checks']>,
  { reference, make }: { reference: OperationReference; make: MakeObligation },
): OwnDuty[] {
  const wanted = Object.entries(checks).filter(
    ([, { operations }]) => operations === undefined || namesOf(reference).some(compileGlobs(operations)),
  );
  return wanted.map(([name, own]) => ({
    name,
    own,
    origin,
    obligation: make({
      group: 'exchange',
      id: `own/${name}`,
      check: `own.${name}`,
      title: own.title,
      ...(own.grade === undefined ? {} : { grade: own.grade }),
    }),
  }));
}

const exchangeTitles: Readonly<Record<ExchangeCheck, string>> = {
  answer: 'every request gets a whole answer',
  status: 'every status is documented',
  'server-error': 'no request makes the server fail',
  'media-type': 'every media type is documented',
  body: 'every body keeps its schema',
  headers: 'every header that is promised is there and keeps its schema',
  wire: 'length, coding and charset are true',
  'stack-trace': 'no error shows the inside of the server',
};

function planExchange(operation: ApiOperation, make: MakeObligation): Map<ExchangeCheck, Duty> {
  const responses = [...operation.responses.values()];
  const applies: Partial<Record<ExchangeCheck, boolean>> = {
    'media-type': responses.some((one) => one.content.size > 0),
    body: responses.some((one) => one.content.size > 0),
    headers: responses.some((one) => one.headers.size > 0),
  };
  const duties = new Map<ExchangeCheck, Duty>();
  for (const check of exchangeChecks) {
    if (applies[check] === false) continue;
    const text = { group: 'exchange', id: `exchange/${check}`, check: `exchange.${check}` } as const;
    const obligation = make({
      ...text,
      title: exchangeTitles[check],
      grade: check === 'stack-trace' ? 'should' : 'must',
    });
    duties.set(check, { obligation, origin: childOrigin(operation.origin, 'responses') });
  }
  return duties;
}

function planBasics(operation: ApiOperation, make: MakeObligation): [Duty, Duty] {
  const basic = (id: string, title: string): Duty => ({
    obligation: make({ group: 'accepted', id: `accepted/${id}`, check: `accepted.${id}`, title }),
    origin: operation.origin,
  });
  return [
    basic('required', 'a request with only what is required is accepted'),
    basic('everything', 'a request with everything optional is accepted'),
  ];
}

/** What a DELETE was sent for is gone afterwards: it is left alone. */
function planCombinations(operation: ApiOperation, paths: PathSources, make: MakeObligation): Duty[] {
  if (operation.method === 'DELETE') return [];
  const free = sitesOf(operation).filter(
    (site) => site.kind === 'body' || !isBound(operation, site.parameter, paths),
  );
  if (free.length < 2 && !free.some(({ kind }) => kind === 'body')) return [];
  const obligation = make({
    group: 'exchange',
    id: 'exchange/combinations',
    check: 'exchange.combinations',
    title: 'any combination of valid values is answered as the document says',
  });
  return [{ obligation, origin: childOrigin(operation.origin, 'responses') }];
}

function planMessages(operation: ApiOperation, paths: PathSources, make: MakeObligation): MessageDuty[] {
  const duties: MessageDuty[] = [];
  const add = (fault: MessageFault, where: string, title: string): void => {
    const parameter = 'parameter' in fault ? fault.parameter : undefined;
    duties.push({
      obligation: make({
        group: 'rejected',
        id: `${where}/${fault.kind}/rejected`,
        check: `rejected.${fault.kind}`,
        title,
        // The bytes are what the document wants: who reads them whatever they are called is lenient.
        grade: fault.kind === 'media-type' ? 'should' : 'must',
      }),
      origin: parameter?.origin ?? operation.requestBody?.origin ?? operation.origin,
      fault,
    });
  };
  for (const parameter of operation.parameters) {
    const where = `${parameter.in}.${parameter.name}`;
    if (parameter.required && parameter.in !== 'path') {
      add({ kind: 'missing', parameter }, where, `a request without ${where} is refused`);
    }
    if (parameter.in === 'path' && isLookedUp(operation, parameter.name, paths)) {
      add({ kind: 'unknown', parameter }, where, `a ${parameter.name} that there is not is refused`);
    }
  }
  for (const [kind, title] of bodyFaults(operation)) add({ kind }, 'body', title);
  return duties;
}

type BodyFault = 'malformed' | 'truncated' | 'trailing' | 'empty' | 'media-type';

function bodyFaults(operation: ApiOperation): [BodyFault, string][] {
  const media = mainMedia(operation);
  if (media === undefined) return [];
  const found: [BodyFault, string][] = [
    ['media-type', 'a body of a media type that is not listed is refused'],
  ];
  if (isJsonType(media.mediaType)) {
    found.push(['malformed', 'a body that is no JSON is refused']);
    found.push(['truncated', 'a body that breaks off is refused']);
    found.push(['trailing', 'a body with more after its end is refused']);
  }
  if (operation.requestBody?.required === true)
    found.push(['empty', 'a request without its body is refused']);
  return found;
}

/** Whether an unknown id must be refused: of an item itself, or where the document says so. A PUT may create what it names. */
function isLookedUp(operation: ApiOperation, name: string, paths: PathSources): boolean {
  if (paths.of(operation.path, name) === undefined || operation.method === 'DELETE') return false;
  if (operation.responses.has('404')) return true;
  const isItem = operation.path.replace(/\/+$/, '').endsWith(`{${name}}`);
  return isItem && ['GET', 'PATCH'].includes(operation.method);
}

function filterOf({ include = [], exclude = [] }: PlanOptions): (duty: Duty) => boolean {
  const wanted = compileGlobs(include);
  const unwanted = compileGlobs(exclude);
  return ({ obligation: { id, check, operation } }) => {
    const names = [id, check, ...namesOf(operation)];
    return (include.length === 0 || names.some(wanted)) && !names.some(unwanted);
  };
}

function keep(duties: OperationDuties, included: (duty: Duty) => boolean): OperationDuties {
  return {
    ...duties,
    exchange: new Map([...duties.exchange].filter(([, duty]) => included(duty))),
    accepted: duties.accepted.filter(included),
    rejected: duties.rejected.filter(included),
    messages: duties.messages.filter(included),
    credentials: duties.credentials.filter(included),
    negotiations: duties.negotiations.filter(included),
    combinations: duties.combinations.filter(included),
    journeys: duties.journeys.filter(included),
    own: duties.own.filter(included),
    basics: duties.basics,
  };
}
