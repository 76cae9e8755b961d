import { renameSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endAll, folderWith, start } from './command.ts';
import { constantApi } from './documents.ts';

let folder: ReturnType<typeof folderWith>;
let agent: Agent;

beforeEach(() => {
  folder = folderWith({ 'api.yaml': constantApi('1') });
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});

afterEach(() => {
  agent.destroy();
  endAll();
  folder.remove();
});

/** The value that is served, over the one connection of the agent. */
function valueAt(url: string): Promise<{ value: unknown; reused: boolean }> {
  return new Promise((resolve, reject) => {
    const sent = get(`${url}/value`, { agent }, async (response) => {
      let text = '';
      for await (const piece of response.setEncoding('utf8')) text += piece;
      resolve({ value: JSON.parse(text), reused: sent.reusedSocket });
    });
    sent.on('error', reject);
  });
}

function write(name: string, text: string): void {
  writeFileSync(join(folder.path, name), text);
}

describe('--watch', () => {
  it('takes up an edit without dropping a connection', async () => {
    const command = start(['mock', 'api.yaml', '-p', '0', '--watch'], { cwd: folder.path });
    const url = await command.ready();
    expect(await valueAt(url)).toEqual({ value: 1, reused: false });
    write('.new', constantApi('2'));
    renameSync(join(folder.path, '.new'), join(folder.path, 'api.yaml'));
    await command.until('error', /Reloaded: 1 operation/);
    expect(await valueAt(url)).toEqual({ value: 2, reused: true });
  });

  it('keeps the last good document while an edit is broken, and says where', async () => {
    const command = start(['mock', 'api.yaml', '-p', '0', '--watch'], { cwd: folder.path });
    const url = await command.ready();
    await valueAt(url);
    write('api.yaml', `${constantApi('2')}  : : {`);
    await command.until('error', /api\.yaml:12:\d+.*The last good document is still served/);
    expect(await valueAt(url)).toEqual({ value: 1, reused: true });
    write('api.yaml', constantApi('3'));
    await command.until('error', /Reloaded/);
    expect(await valueAt(url)).toEqual({ value: 3, reused: true });
  });

  it('watches a file that a later edit refers to', async () => {
    const command = start(['mock', 'api.yaml', '-p', '0', '--watch'], { cwd: folder.path });
    const url = await command.ready();
    write('value.yaml', 'const: 4');
    write('api.yaml', constantApi('x').replace('{ const: x }', "{ $ref: './value.yaml' }"));
    await command.until('error', /Reloaded/);
    expect((await valueAt(url)).value).toBe(4);
    write('value.yaml', 'const: 5');
    await vi.waitFor(async () => expect((await valueAt(url)).value).toBe(5), { timeout: 5000 });
  });

  it('is off without a terminal unless asked for', async () => {
    const command = start(['mock', 'api.yaml', '-p', '0'], { cwd: folder.path });
    const url = await command.ready();
    write('api.yaml', constantApi('2'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await valueAt(url)).value).toBe(1);
  });

  it('reaches every process of several', async () => {
    const command = start(['mock', 'api.yaml', '-p', '0', '--watch', '-m'], { cwd: folder.path });
    const url = await command.ready();
    write('api.yaml', constantApi('2'));
    await command.until('error', /Reloaded/);
    await vi.waitFor(
      async () => {
        for (let count = 0; count < 4; count += 1) {
          const response = await fetch(`${url}/value`, { headers: { connection: 'close' } });
          expect(await response.json()).toBe(2);
        }
      },
      { timeout: 5000 },
    );
    expect(command.written.error.match(/Reloaded/g)).toHaveLength(1);
  });
});
