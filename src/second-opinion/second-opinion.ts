import type { Finding } from '../core/index.ts';
import type { ApiDocument, ApiOperation } from '../document/index.ts';
import type { Exchange } from '../http/index.ts';
import { blindSpot } from './blind-spot.ts';
import { doesLookAt } from './control-question.ts';
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
}

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
      judge: (operation, exchange, finding) => judgeSafely(witness, { operation, exchange, finding }),
    };
  } catch (error) {
    const reason = `Prism cannot read the document: ${messageOf(error)}`;
    return { judge: () => silent(reason) };
  }
}

interface Question {
  readonly operation: ApiOperation;
  readonly exchange: Exchange;
  readonly finding: Finding;
}

function judgeSafely(witness: Witness, question: Question): Judgement {
  try {
    return judge(witness, question);
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
