import type { ContractFinding } from '../report.ts';

/** What to do about each kind of check; the first entry that the check's name starts with is used. */
const advice: readonly (readonly [prefix: string, text: string])[] = [
  ['exchange.status', 'List the status under the responses of the operation, or answer one that is listed.'],
  ['exchange.server-error', 'Find the crash in the log of the server: no request may cause a 5xx.'],
  ['exchange.stack-trace', 'Keep internals out of error bodies; they help an attacker and no client.'],
  [
    'exchange.media-type',
    'Answer in a media type that the document lists for this status, or list this one.',
  ],
  ['exchange.header', 'Send the header as the document declares it, or correct its declaration.'],
  ['exchange.request', 'Correct what the client sends, or let the document allow it.'],
  ['exchange.route', 'Add the path to the document, or keep clients from asking for it.'],
  ['exchange.wire', 'Correct how the server, or what stands before it, frames the message.'],
  ['exchange', 'Correct the answer of the server, or the schema of this response in the document.'],
  ['accepted', 'Accept this value, or narrow the schema to what the server takes.'],
  ['rejected', 'Check this in the server and answer 4xx, or widen the schema to what the server takes.'],
  ['credentials', 'Check the credentials before anything else, or change the security of the operation.'],
  [
    'concurrency',
    'Look for state that requests share, and for read-then-write without a lock or transaction.',
  ],
  ['lifecycle', 'Compare what was written with what was read back; correct the server or the document.'],
  ['negotiation', 'Answer in a type that Accept allows (or 406), and refuse other request types with 415.'],
];

const usual = 'Correct the server or the document, whichever is wrong.';

/** What a person can do about a finding, in one sentence. */
export function adviceFor(finding: Pick<ContractFinding, 'check'>): string {
  return advice.find(([prefix]) => finding.check.startsWith(prefix))?.[1] ?? usual;
}
