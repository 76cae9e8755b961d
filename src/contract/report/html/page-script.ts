/**
 * The behaviour of the page: the filter and the copy buttons. It only reads text and sets `hidden`; nothing of the
 * report is ever parsed as HTML or as code.
 */
export const pageScript: string = `
'use strict';
const form = document.querySelector('form.filter');
const findings = [...document.querySelectorAll('.finding')].map((element) => ({
  element, text: element.textContent.toLowerCase(), data: element.dataset,
}));
const fits = (wanted, given) => wanted === '' || wanted === given;
function filter() {
  const { words, grade, check, operation } = form.elements;
  const all = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const { element, text, data } of findings) {
    element.hidden = !(fits(grade.value, data.grade) && fits(check.value, data.check) &&
      fits(operation.value, data.operation) && all.every((word) => text.includes(word)));
    if (!element.hidden) shown += 1;
  }
  for (const cause of document.querySelectorAll('.cause')) {
    cause.hidden = cause.querySelector('.finding:not([hidden])') === null;
  }
  form.elements.shown.value = (shown === findings.length ? '' : shown + ' of ') + findings.length + (findings.length === 1 ? ' finding' : ' findings');
}
if (form !== null) {
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  filter();
}
function openTarget() {
  const target = /^#finding-\\d+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
  if (target === null) return;
  if (target.hidden && form !== null) { form.reset(); filter(); }
  target.querySelector('details').open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', openTarget);
openTarget();
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(source);
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(button));
}
`;
