import { counted } from '../../../core/index.ts';
import type { ContractFinding } from '../../report.ts';
import { adviceFor } from '../advice.ts';
import { bodyText, headerLines } from '../body-text.ts';
import { operationText, placeText } from '../places.ts';
import { escapeHtml } from './html-text.ts';

/** A finding with its number on the page and the titles of the obligations that it stands for. */
export interface PageFinding {
  readonly finding: ContractFinding;
  readonly number: number;
  readonly also: readonly string[];
  readonly root: string | undefined;
}

/** A finding as an article that opens to show all there is. */
export function findingHtml(one: PageFinding): string {
  const { finding, number, root } = one;
  const { grade, check, document } = finding;
  const operation = operationText(finding.operation);
  const place = document === undefined ? '' : ` · ${placeText(document, root)}`;
  const times = finding.occurrences > 1 ? ` · ${finding.occurrences} times` : '';
  return `<article class="finding ${grade}" id="finding-${number}" data-grade="${grade}" data-check="${escapeHtml(check)}" data-operation="${escapeHtml(operation)}">
<details><summary><span class="badge ${grade}">${grade}</span><span class="title">${escapeHtml(finding.title)}</span>
<span class="where wire">${escapeHtml(`${operation}${place}${times}`)}</span></summary>
<div class="inside"><p>${escapeHtml(finding.message)}</p>
<dl class="pair"><div><dt>Expected</dt><dd>${escapeHtml(finding.expected)}</dd></div><div><dt>Seen</dt><dd>${escapeHtml(finding.seen)}</dd></div></dl>
${facts(one)}
${exchange(one)}
</div></details></article>`;
}

function facts({ finding, also, root }: PageFinding): string {
  const rows = [fact('What to do', escapeHtml(adviceFor(finding))), fact('Trust', trust(finding))];
  if (finding.opinions !== undefined) {
    const { ours, prism } = finding.opinions;
    rows.push(fact('Apidouble says', escapeHtml(ours)), fact('Prism says', escapeHtml(prism)));
  }
  if (finding.document !== undefined) {
    const { pointer } = finding.document;
    rows.push(
      fact('Document', `<code>${escapeHtml(`${placeText(finding.document, root)} ${pointer}`)}</code>`),
    );
  }
  if (also.length > 1) {
    const items = also.map((title) => `<li>${escapeHtml(title)}</li>`).join('');
    rows.push(fact(counted(also.length, 'obligation'), `<ul>${items}</ul>`));
  }
  rows.push(fact('Check', `<code>${escapeHtml(finding.check)}</code>`));
  rows.push(fact('Id', `<code>${escapeHtml(finding.id)}</code>`));
  return `<dl class="facts">${rows.join('')}</dl>`;
}

function fact(name: string, html: string): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${html}</dd>`;
}

function trust({ labels, secondOpinion, occurrences }: ContractFinding): string {
  const opinions = {
    confirmed: 'confirmed by a second engine',
    disputed: 'disputed by a second engine',
    silent: 'the second engine does not look at this',
  };
  return escapeHtml(
    [...labels, opinions[secondOpinion], `seen in ${counted(occurrences, 'exchange')}`].join(' · '),
  );
}

function exchange({ finding: { request, response, steps = [] }, number }: PageFinding): string {
  const asked = [
    `${request.method} ${request.url}`,
    ...headerLines(request.headers),
    '',
    bodyText(request.body),
  ];
  const answered = [String(response.status), ...headerLines(response.headers), '', bodyText(response.body)];
  const story = steps.map(({ request: { curl }, status }, index) => `# ${index + 1}: ${status}\n${curl}`);
  const all = story.length === 0 ? '' : wire('All steps', `steps-${number}`, story.join('\n'));
  return `<div class="exchange">${all}${wire('Try it', `curl-${number}`, request.curl)}${wire('Request', `request-${number}`, asked.join('\n'))}${wire('Response', `response-${number}`, answered.join('\n'))}</div>`;
}

/** The line end after the opening tag is one that a browser drops; without it, it would drop one of the text's own. */
function wire(title: string, id: string, text: string): string {
  return `<div><h4>${title}<button type="button" data-copy="${id}" aria-label="Copy: ${title}" hidden>Copy</button></h4><pre id="${id}" tabindex="0">\n${escapeHtml(text)}</pre></div>`;
}
