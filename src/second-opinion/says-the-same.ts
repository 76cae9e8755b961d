import { type Finding, pointerKeys, unescapeToken } from '../core/index.ts';
import type { Complaint } from './complaint.ts';

/** Keywords that judge a value by what stands inside it: a complaint about the whole covers the parts. */
const choices: ReadonlySet<string> = new Set(['oneOf', 'anyOf', 'not', 'if', 'contains']);

/** The words in which Prism names the member that it misses, or did not expect. */
const memberIn: readonly RegExp[] = [
  /must have required property '(.*)'$/,
  /; found '(.*)'$/,
  /unevaluated properties: '(.*)'$/,
  /must have propert(?:y|ies) (.*) when property /,
];

/** Whether a complaint of Prism is about what a finding is about. */
export function saysTheSame(complaint: Complaint, finding: Finding): boolean {
  switch (finding.code) {
    case 'response.undocumented-status':
      return complaint.message.startsWith('Unable to match the returned status code');
    case 'response.media-type':
    case 'response.body-missing':
      return complaint.path.length === 0 && complaint.message.startsWith('The received media type');
    case 'body.missing':
      return complaint.path.length === 0 && complaint.code === 'required';
    case 'body.media-type':
      return complaint.code === '415';
    case 'security.missing':
    case 'security.credential':
      return true;
    default:
      return isSamePlace(complaint, finding);
  }
}

function isSamePlace(complaint: Complaint, finding: Finding): boolean {
  const ours = placeOf(finding);
  const prism = complaint.path.map(unescapeToken);
  const member = memberOf(complaint);
  // A property that is missing is told at the object that lacks it, a parameter that is missing by its name.
  const isMissing = finding.keyword === 'required' || finding.keyword === 'dependentRequired';
  if (member !== undefined && isMissing && finding.code !== 'parameter.missing') {
    return isEqual(prism, ours) && (finding.expected ?? member).includes(member);
  }
  if (member !== undefined) return isEqual([...prism, member], ours);
  if (isEqual(prism, ours)) return true;
  // What a choice means is said of the whole by us, and of a branch by Prism, or the other way round.
  if (isPrefix(prism, ours)) return choices.has(complaint.code);
  return isPrefix(ours, prism) && choices.has(finding.keyword ?? '');
}

/** The part and the keys inside it, the way Prism writes them. */
function placeOf({ place }: Finding): string[] {
  const name = place.name === undefined ? [] : [place.name.toLowerCase()];
  return [place.part, ...name, ...pointerKeys(place.pointer ?? '')];
}

/** The member that a complaint says is missing, or too much. */
export function memberOf({ message }: Complaint): string | undefined {
  for (const expression of memberIn) {
    const member = expression.exec(message)?.[1];
    if (member !== undefined) return member;
  }
  return undefined;
}

function isEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && isPrefix(left, right);
}

function isPrefix(start: readonly string[], whole: readonly string[]): boolean {
  return start.length <= whole.length && start.every((key, index) => key === whole[index]);
}
