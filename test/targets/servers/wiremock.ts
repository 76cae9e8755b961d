import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needNpm } from '../install.ts';
import { answers, freePorts, launch, untilReady } from '../processes.ts';
import type { TargetServer } from '../target.ts';

/** WireMock's admin API: Java, a 3.0 document inside its archive. */
export const wiremock: TargetServer = {
  name: 'wiremock',
  version: '3.13.2',
  debian: ['openjdk-17-jre-headless', 'unzip'],
  leftOut: {
    'POST /__admin/shutdown': 'it ends the server',
    'POST /__admin/settings': 'it can make every later answer slow',
    'POST /__admin/recordings/start': 'it turns the server into a proxy to a host of the body',
  },
  identity: {},
  async start(folder) {
    const archive = archiveIn(join(needNpm('wiremock'), 'node_modules/wiremock/build'));
    const [port = 0] = await freePorts(1);
    const data = join(folder, 'data');
    for (const name of ['mappings', '__files']) mkdirSync(join(data, name), { recursive: true });
    writeFileSync(join(data, 'mappings/hello.json'), JSON.stringify(hello));
    writeFileSync(join(data, '__files/greeting.txt'), 'hello');
    execFileSync('unzip', ['-qo', archive, 'swagger/*', '-d', folder]);
    const document = join(folder, 'openapi.json');
    copyFileSync(join(folder, 'swagger/wiremock-admin-api.json'), document);
    const flags = ['--port', String(port), '--bind-address', '127.0.0.1', '--root-dir', data];
    const server = launch(['java', '-jar', archive, ...flags, '--disable-banner'], {
      log: join(folder, 'server.log'),
    });
    const url = `http://127.0.0.1:${port}`;
    await untilReady(server, { seconds: 60, isReady: () => answers(`${url}/__admin/mappings`) });
    for (const path of ['/hello', '/nothing-here']) await (await fetch(url + path)).arrayBuffer();
    return { url, document, stop: () => server.stop() };
  },
};

const hello = {
  request: { method: 'GET', url: '/hello' },
  response: { status: 200, body: 'hello' },
  metadata: { kind: 'greeting' },
};

function archiveIn(folder: string): string {
  const name = readdirSync(folder).find((one) => /^wiremock-standalone-.*\.jar$/.test(one));
  if (name === undefined) throw new Error(`${folder} holds no wiremock-standalone archive`);
  return join(folder, name);
}
