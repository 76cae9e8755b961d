/** What paints a text for a terminal; each returns its text unchanged where there are no colours. picocolors fits. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

/** A palette without colours, for files, pipes and CI logs. */
export const plainPalette: Palette = {
  bold: same,
  dim: same,
  red: same,
  yellow: same,
  green: same,
  cyan: same,
};

function same(text: string): string {
  return text;
}
