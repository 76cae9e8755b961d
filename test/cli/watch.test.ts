import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DocumentWatcher } from '../../src/cli/watch.ts';

let folder: string;
let files: string[];
let reloads: number;
let healthy: boolean;
let watcher: DocumentWatcher;

function path(name: string): string {
  return join(folder, name);
}

function uri(name: string): string {
  return pathToFileURL(path(name)).href;
}

function start(): void {
  watcher = new DocumentWatcher({
    files: () => files,
    reload: async () => {
      reloads += 1;
      return healthy;
    },
  });
}

async function reloadsToBe(count: number): Promise<void> {
  await vi.waitFor(() => expect(reloads).toBe(count), { timeout: 5000, interval: 20 });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apidouble-watch-'));
  writeFileSync(path('api.yaml'), 'one');
  files = [uri('api.yaml')];
  reloads = 0;
  healthy = true;
});

afterEach(() => {
  watcher.close();
  rmSync(folder, { recursive: true });
});

describe('DocumentWatcher', () => {
  it('reloads when a file is written', async () => {
    start();
    writeFileSync(path('api.yaml'), 'two, longer');
    await reloadsToBe(1);
  });

  it('reloads again and again when a file is replaced by renaming', async () => {
    start();
    for (const round of [1, 2, 3]) {
      writeFileSync(path('.api.yaml.swp'), `round ${round}`);
      renameSync(path('.api.yaml.swp'), path('api.yaml'));
      await reloadsToBe(round);
    }
  });

  it('reloads when a link leads to another file', async () => {
    writeFileSync(path('v1'), 'one');
    writeFileSync(path('v2'), 'two, longer');
    symlinkSync('v1', path('link.yaml'));
    files = [uri('link.yaml')];
    start();
    symlinkSync('v2', path('next'));
    renameSync(path('next'), path('link.yaml'));
    await reloadsToBe(1);
  });

  it('does not reload for its neighbours', async () => {
    start();
    writeFileSync(path('other.yaml'), 'x');
    await sleep(300);
    expect(reloads).toBe(0);
  });

  it('follows files that a later version refers to', async () => {
    start();
    const more = mkdtempSync(join(tmpdir(), 'apidouble-watch-'));
    writeFileSync(join(more, 'shared.yaml'), 'x');
    files = [uri('api.yaml'), pathToFileURL(join(more, 'shared.yaml')).href];
    writeFileSync(path('api.yaml'), 'refers to shared.yaml');
    await reloadsToBe(1);
    writeFileSync(join(more, 'shared.yaml'), 'changed');
    await reloadsToBe(2);
    rmSync(more, { recursive: true });
  });

  it('tries again with any change while the document is broken', async () => {
    healthy = false;
    start();
    writeFileSync(path('api.yaml'), 'refers to a file that is not there');
    await reloadsToBe(1);
    healthy = true;
    writeFileSync(path('missing.yaml'), 'here I am');
    await reloadsToBe(2);
  });

  it('counts no URL as a file', () => {
    files = ['https://example.com/api.yaml', 'stdin:', uri('api.yaml')];
    start();
    expect(watcher.count).toBe(1);
  });
});
