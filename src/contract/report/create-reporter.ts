import { ApidoubleError, type Clock } from '../../core/index.ts';
import { createHarCollector, type Secrets } from '../../recording/index.ts';
import type { Grade, Report, Reporter } from '../report.ts';
import { renderHtml } from './html/render-html.ts';
import type { Palette } from './palette.ts';
import { createProgress, type ProgressOptions } from './progress.ts';
import { renderGithub, renderGithubSummary } from './render-github.ts';
import { renderJson } from './render-json.ts';
import { renderJunit } from './render-junit.ts';
import { renderPretty } from './render-pretty.ts';
import { renderSarif } from './render-sarif.ts';

/** The names that `--reporter` takes. */
export const reporterNames = ['pretty', 'json', 'junit', 'html', 'sarif', 'har', 'github'] as const;

/** The name of a reporter, as `--reporter` takes it. */
export type ReporterName = (typeof reporterNames)[number];

/** What a reporter writes to, and what it must know of its surroundings. */
export interface ReporterOptions {
  /** Takes the whole report, once, when the run has finished: a file or standard output. */
  readonly write: (text: string) => void;
  readonly clock: Clock;
  /** Of Apidouble. */
  readonly version: string;
  /** The folder that file names are relative to. */
  readonly root?: string;
  readonly failOn?: Grade;
  /** For `pretty`; no colours by default. */
  readonly palette?: Palette;
  readonly columns?: number;
  /** For `pretty`: where to draw the progress line; absent where there is no terminal. */
  readonly progress?: Omit<ProgressOptions, 'clock' | 'columns'>;
  /** For `github`: takes the Markdown of the job's summary (what is appended to GITHUB_STEP_SUMMARY). */
  readonly writeSummary?: (markdown: string) => void;
  /** For `har`: what is kept out of the recording, beside the usual names. */
  readonly secrets?: Secrets;
}

/** A reporter as the command line names it: `junit=report.xml`. Throws ERR_OPTION where there is none of the name. */
export function parseReporter(text: string): { readonly name: ReporterName; readonly file?: string } {
  const end = text.indexOf('=');
  const name = reporterName(end === -1 ? text : text.slice(0, end));
  const file = text.slice(end + 1);
  if (end === -1) return { name };
  if (file !== '') return { name, file };
  throw new ApidoubleError(
    'ERR_OPTION',
    `Cannot use reporter "${text}": the file has no name. Give --reporter ${name}=FILE, or --reporter ${name} for standard output.`,
  );
}

function reporterName(text: string): ReporterName {
  const name = reporterNames.find((known) => known === text);
  if (name !== undefined) return name;
  throw new ApidoubleError(
    'ERR_OPTION',
    `Cannot use reporter "${text}": there is none of this name. Choose from ${reporterNames.join(', ')}.`,
  );
}

/** The reporter of a name. Throws ERR_OPTION where there is none of the name. */
export function createReporter(name: string, options: ReporterOptions): Reporter {
  const known = reporterName(name);
  switch (known) {
    case 'pretty':
      return prettyReporter(options);
    case 'json':
      return atTheEnd((report) => options.write(renderJson(report)));
    case 'junit':
      return atTheEnd((report) => options.write(renderJunit(report, options)));
    case 'html':
      return atTheEnd((report) => options.write(renderHtml(report, options)));
    case 'sarif':
      return atTheEnd((report) => options.write(renderSarif(report, options)));
    case 'har':
      return harReporter(options);
    case 'github':
      return atTheEnd((report) => {
        options.write(renderGithub(report, options));
        options.writeSummary?.(renderGithubSummary(report, options));
      });
    default:
      return known satisfies never;
  }
}

function atTheEnd(finish: (report: Report) => void): Reporter {
  return {
    onEvent(event) {
      if (event.kind === 'finished') finish(event.report);
    },
  };
}

function prettyReporter(options: ReporterOptions): Reporter {
  const { progress, clock, columns } = options;
  const line =
    progress === undefined
      ? undefined
      : createProgress({ ...progress, clock, ...(columns === undefined ? {} : { columns }) });
  return {
    onEvent(event) {
      line?.onEvent(event);
      if (event.kind === 'finished') options.write(renderPretty(event.report, options));
    },
  };
}

function harReporter(options: ReporterOptions): Reporter {
  const recording = createHarCollector(options);
  return {
    onEvent(event) {
      if (event.kind === 'finished') options.write(recording.render());
      if (event.kind !== 'exchange') return;
      const started = new Date(options.clock.now() - event.milliseconds);
      recording.add(event.exchange, event.milliseconds, started);
    },
  };
}
