import type { Report } from '../report.ts';

/** The report as JSON, indented; its shape is `reportSchema`. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
