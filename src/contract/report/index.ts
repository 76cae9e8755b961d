export {
  createReporter,
  parseReporter,
  type ReporterName,
  type ReporterOptions,
  reporterNames,
} from './create-reporter.ts';
export { type HtmlOptions, renderHtml } from './html/render-html.ts';
export { type Palette, plainPalette } from './palette.ts';
export { createProgress, type ProgressOptions } from './progress.ts';
export { type GithubOptions, renderGithub, renderGithubSummary } from './render-github.ts';
export { renderJson } from './render-json.ts';
export { type JunitOptions, renderJunit } from './render-junit.ts';
export { type PrettyOptions, renderPretty } from './render-pretty.ts';
export { renderSarif, type SarifOptions } from './render-sarif.ts';
export { reportSchema } from './report-schema.ts';
