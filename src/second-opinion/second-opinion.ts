import type { Finding, Place } from '../core/index.ts';
import type { ApiDocument, ApiOperation } from '../document/index.ts';
import type { Exchange } from '../http/index.ts';
import { blindSpot } from './blind-spot.ts';
import type { Complaint } from './complaint.ts';
import { doesLookAt } from './control-question.ts';
import { asksForReadOnly } from './read-only.ts';
import { saysTheSame } from './says-the-same.ts';
import { loadWitness, type Witness } from './witness.ts';

/** What Prism says of a finding; silent where it does not look at such things, or could not be asked. */
export type Opinion = 'confirmed' | 'disputed' | 'silent';

/** An opinion with its reason, in Prism's own words where it has any. */
export interface Judgement {
  readonly opinion: Opinion;
  readonly prism: string;
}

/** An independent engine that is asked again about findings. */
export interface SecondOpinionEngine {
  /** Asks Prism about the same exchange. Never throws: where Prism fails, it is silent and the reason is told. */
  judge(operation: ApiOperation, exchange: Exchange, finding: Finding): Judgement;
  /**
   * Asks Prism about a request that we hold to be right and that was refused for something at a place: confirmed where Prism takes
   * it too, disputed where it finds something wrong with it. Never throws either.
   */
  judgeRefusal(operation: ApiOperation, exchange: Exchange, place: Place): Judgement;
}

/** How Prism is loaded. */
export interface SecondOpinionOptions {
  /** The operations that will be asked about; fewer are loaded sooner. Default: all of the document. */
  readonly operations?: readonly ApiOperation[];
}

/**
 * Loads Prism, which is heavy, and the document into it. Never rejects: an engine that could not be loaded, or could not
 * read the document, is silent and says why.
 */
export async function createSecondOpinion(
  document: ApiDocument,
  { operations = document.operations }: SecondOpinionOptions = {},
): Promise<SecondOpinionEngine> {
  try {
    const witness = await loadWitness(document, operations);
    return {
      judge: (operation, exchange, finding) => safely(() => judge(witness, { operation, exchange, finding })),
      judgeRefusal: (operation, exchange, place) =>
        safely(() => judgeRefusal(witness, { operation, exchange, finding: askedAt(place) })),
    };
  } catch (error) {
    const reason = `Prism cannot read the document: ${messageOf(error)}`;
    return { judge: () => silent(reason), judgeRefusal: () => silent(reason) };
  }
}

interface Question {
  readonly operation: ApiOperation;
  readonly exchange: Exchange;
  readonly finding: Finding;
}

function safely(judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (error) {
    return silent(`Prism fails on this exchange: ${messageOf(error)}`);
  }
}

function judge(witness: Witness, { operation, exchange, finding }: Question): Judgement {
  const blind = blindSpot(operation, exchange, finding);
  if (blind !== undefined) return silent(blind);
  const ask = witness.questionsAbout(operation, exchange);
  if (ask === undefined) return silent('Prism does not list the operation');
  const complaints = ask(finding, {});
  const same = complaints.find((complaint) => saysTheSame(complaint, finding));
  if (same !== undefined) return { opinion: 'confirmed', prism: same.message };
  // Prism has no list of good credentials: what it takes may be refused all the same.
  if (finding.code === 'security.credential') return silent('Prism does not know which credentials are good');
  if (!doesLookAt(ask, finding)) return silent('Prism accepts anything at this place');
  return { opinion: 'disputed', prism: othersOf(complaints) };
}

/** What is asked about a place of a request where nothing is known to be wrong. */
function askedAt(
  place: Place,
  code = place.part === 'security' ? 'security.missing' : 'schema.type',
): Finding {
  return { code, severity: 'error', message: '', side: 'request', place };
}

function judgeRefusal(witness: Witness, { operation, exchange, finding }: Question): Judgement {
  const blind = blindSpot(operation, exchange, finding);
  if (blind !== undefined) return silent(blind);
  const ask = witness.questionsAbout(operation, exchange);
  if (ask === undefined) return silent('Prism does not list the operation');
  const isSecurity = finding.place.part === 'security';
  const complaints = ask(finding, {}).filter((one) => isSecurity || doesSee(one, operation, exchange));
  if (complaints.some((one) => asksForReadOnly(one, operation)))
    return silent('Prism asks for what is read-only, in the branches of a choice');
  const [complaint] = complaints;
  if (complaint === undefined) return { opinion: 'confirmed', prism: 'Prism takes the request' };
  return { opinion: 'disputed', prism: complaint.message };
}

/** Whether Prism has no blind spot at the place of a complaint. */
function doesSee(complaint: Complaint, operation: ApiOperation, exchange: Exchange): boolean {
  const [part = '', name] = complaint.path;
  const asked = askedAt(placeIn(part, name), `schema.${complaint.code}`);
  return blindSpot(operation, exchange, asked) === undefined;
}

const parts: ReadonlySet<string> = new Set(['path', 'query', 'header', 'body']);

/** The place of a complaint; where it has none, it is about the body as a whole. */
function placeIn(part: string, name: string | undefined): Place {
  if (!parts.has(part) || part === 'body') return { part: 'body', pointer: '' };
  return { part: part as Place['part'], ...(name === undefined ? {} : { name }), pointer: '' };
}

function othersOf(complaints: readonly { readonly message: string }[]): string {
  if (complaints.length === 0) return 'Prism finds nothing wrong';
  const [first] = complaints;
  return `Prism finds nothing wrong there, but elsewhere: ${first?.message}`;
}

function silent(prism: string): Judgement {
  return { opinion: 'silent', prism };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
