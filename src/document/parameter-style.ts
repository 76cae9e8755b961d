import type { ParameterStyle } from './api-document.ts';

const styles: ReadonlySet<unknown> = new Set([
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
  'cookie',
]);

/** The style of that name, if there is one. */
export function styleOf(value: unknown): ParameterStyle | undefined {
  return styles.has(value) ? (value as ParameterStyle) : undefined;
}
