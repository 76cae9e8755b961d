import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { endAll, folderWith, start } from './command.ts';
import { shop } from './documents.ts';

const folder = folderWith({ 'shop.yaml': shop });
const cwd = folder.path;

afterEach(endAll);
afterAll(() => folder.remove());

/** A request that is in flight: its body is begun and not ended. */
function slowRequest(url: string): { begun: Promise<void>; finish(): void; status: Promise<number> } {
  const body = '{"name":"x","price":1}';
  const headers = {
    authorization: 'Bearer x',
    'content-type': 'application/json',
    'content-length': body.length,
    expect: '100-continue',
  };
  const sent = request(`${url}/api/v1/items/`, { method: 'POST', headers });
  const begun = new Promise<void>((resolve) => sent.on('continue', () => resolve()));
  const status = new Promise<number>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  sent.flushHeaders();
  return {
    begun: begun.then(() => {
      sent.write(body.slice(0, 5));
    }),
    finish: () => sent.end(body.slice(5)),
    status,
  };
}

describe('a signal', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`${signal} finishes what is in flight, then exits with 0`, async () => {
      const command = start(['mock', 'shop.yaml', '-p', '0'], { cwd });
      const slow = slowRequest(await command.ready());
      await slow.begun;
      const ended = command.stop(signal);
      await sleep(200);
      slow.finish();
      expect(await slow.status).toBe(201);
      expect(await ended).toMatchObject({ code: 0, signal: null });
    });
  }

  it('a second time ends the process at once', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0'], { cwd });
    const slow = slowRequest(await command.ready());
    const cut = slow.status.catch(() => 'cut');
    await slow.begun;
    void command.stop('SIGTERM');
    await sleep(200);
    expect(await command.stop('SIGINT')).toMatchObject({ code: 130 });
    expect(await cut).toBe('cut');
  });

  it('does not wait for connections that are merely kept', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0'], { cwd });
    await fetch(`${await command.ready()}/api/v1/items/?page=1`);
    expect(await command.stop()).toMatchObject({ code: 0 });
  });
});

it('keeps serving when the reader of its output goes away', async () => {
  const command = start(['mock', 'shop.yaml', '-p', '0'], { cwd });
  const url = await command.ready();
  command.process.stdout.destroy();
  command.process.stderr.destroy();
  for (const page of [1, 2, 3]) {
    expect((await fetch(`${url}/api/v1/items/?page=${page}`)).status).toBe(200);
  }
});
