import type { Finding } from '../core/index.ts';
import { reasonOf } from '../http/index.ts';

/** JSON:API's `source`: the pointer into the body, or the parameter or header by its name. */
export function sourceOf(finding: Finding): Readonly<Record<string, string>> {
  const { part, name = '' } = finding.place;
  if (part === 'body') return { pointer: pointerOf(finding) };
  return part === 'header' ? { header: name } : { parameter: name };
}

function pointerOf({ place, missing }: Finding): string {
  const step = missing === undefined ? '' : `/${missing.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return `${place.pointer ?? ''}${step}`;
}

/** FastAPI's `loc`: the part of the request, the name there, and the way inside. */
export function stepsOf(finding: Finding | undefined): readonly string[] | undefined {
  if (finding === undefined) return undefined;
  const { part, name } = finding.place;
  const inside = pointerOf(finding)
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return [part, ...(name === undefined ? [] : [name]), ...inside];
}

/** The place as a text, as a member of this plain name has it; `undefined` where there is none. */
export function fieldOf(name: string, finding: Finding | undefined): string | undefined {
  if (finding === undefined) return undefined;
  if (name === 'pointer') return finding.place.part === 'body' ? pointerOf(finding) : undefined;
  const [part, ...steps] = stepsOf(finding) ?? [];
  if (name === 'location' || name === 'target') return [part, ...steps].join('.');
  return steps.length === 0 ? part : steps.join('.');
}

/** `required`, `security_missing`; of a status `unprocessable_entity`. */
export function codeOf(of: Finding | number): string {
  const text = typeof of === 'number' ? reasonOf(of) : (of.keyword ?? of.code);
  return text.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase();
}
