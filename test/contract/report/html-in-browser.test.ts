import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../src/contract/report/html/render-html.ts';
import type { Report } from '../../../src/contract/report.ts';
import { hostileReport, sampleReport } from './sample-report.ts';

const run = promisify(execFile);

const browser = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The page as it stands after its script has run. */
async function domOf(report: Report, hash = ''): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'apidouble-report-'));
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, renderHtml(report));
    const address = `${pathToFileURL(file).href}${hash}`;
    const { stdout } = await run(browser ?? '', [
      ...flags,
      `--user-data-dir=${join(folder, 'profile')}`,
      '--dump-dom',
      address,
    ]);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const reason = browser === undefined ? ' (skipped: there is no chromium on the PATH)' : '';

describe.skipIf(browser === undefined)(`the html report in a browser${reason}`, () => {
  it('runs its own script under its own policy', async () => {
    const dom = await domOf(sampleReport, '#finding-2');
    expect(dom).toMatch(/<output[^>]*>4 findings<\/output>/);
    expect(dom).toMatch(/id="finding-2"[^>]*>\s*<details open/);
    expect(dom).not.toMatch(/<button[^>]* hidden/);
  });

  it('runs and loads nothing of what a server said', async () => {
    const dom = await domOf(hostileReport());
    expect(dom).toMatch(/<output[^>]*>1 finding<\/output>/);
    expect(dom.match(/<script/g)).toHaveLength(1);
    expect(dom.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*(?:\son\w+=|\ssrc=)/);
    expect(dom).not.toContain('<img');
  });
});
