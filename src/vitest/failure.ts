import type { ContractFinding, Obligation } from '../contract/index.ts';

/** A failed obligation as an error that tells all that is needed to see it oneself, without a stack of ours. */
export function failureOf({ title }: Obligation, findings: readonly ContractFinding[], seed: string): Error {
  const texts = findings.map((finding) => textOf(finding, seed));
  const failure = new Error(texts.join('\n\n') || `It does not hold that ${title}.`);
  failure.stack = failure.message;
  return failure;
}

function textOf(finding: ContractFinding, seed: string): string {
  const { cause, message, expected, seen, document, request, response } = finding;
  return [
    message,
    ...(cause === message ? [] : [`cause:     ${cause}`]),
    `expected:  ${expected}`,
    `seen:      ${seen}`,
    ...(document === undefined ? [] : [`document:  ${document.file}:${document.line}:${document.column}`]),
    `try it:    ${request.curl}`,
    `answer:    ${response.status} ${excerpt(response.body.content)}`,
    ...(finding.labels.length === 0 ? [] : [`labels:    ${finding.labels.join(', ')}`]),
    `prism:     ${finding.secondOpinion}`,
    `seed:      ${seed}`,
  ].join('\n');
}

const longest = 500;

function excerpt(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
