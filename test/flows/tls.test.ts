import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { endAll, folderWith, start } from './command.ts';
import { constantApi } from './documents.ts';

const folder = folderWith({ 'api.yaml': constantApi('1') });

afterEach(endAll);
afterAll(() => folder.remove());

/** Makes a certificate for 127.0.0.1; `false` where there is no openssl. */
function makeCertificate(): boolean {
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -keyout key.pem -out cert.pem';
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  return spawnSync('openssl', [...words.split(' '), ...subject], { cwd: folder.path }).status === 0;
}

function statusOf(url: string, ca: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

it('serves https with --tls-cert and --tls-key', async (context) => {
  if (!makeCertificate()) return context.skip('there is no openssl to make a certificate with');
  const flags = ['--tls-cert', 'cert.pem', '--tls-key', 'key.pem'];
  const command = start(['mock', 'api.yaml', '-p', '0', ...flags], { cwd: folder.path });
  const url = await command.ready();
  expect(url).toMatch(/^https:/);
  expect(await statusOf(`${url}/value`, readFileSync(join(folder.path, 'cert.pem')))).toBe(200);
});
