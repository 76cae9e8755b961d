import { execFileSync, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needNpm } from '../install.ts';
import { answers, freePorts, launch, type Running, untilReady } from '../processes.ts';
import type { TargetServer } from '../target.ts';

const token = '*:*.unleash-insecure-admin-api-token';

/** Unleash: TypeScript with a PostgreSQL of its own, a 3.0 document from the running server. */
export const unleash: TargetServer = {
  name: 'unleash',
  version: '6.4.1',
  debian: ['postgresql'],
  leftOut: {
    'POST /api/admin/maintenance': 'every later write would be answered 503',
    'POST /api/admin/addons': 'it sends requests to a host of the body',
    'PUT /api/admin/addons/*': 'it sends requests to a host of the body',
    '* /api/admin/api-tokens*': 'it can take the token away that the run has',
    'POST /api/admin/user-admin*': 'it can take the user away that the run is',
    'PUT /api/admin/user-admin*': 'it can take the user away that the run is',
    'DELETE /api/admin/user-admin*': 'it can take the user away that the run is',
  },
  identity: { auth: { apiKey: token } },
  async start(folder) {
    const main = join(needNpm('unleash'), 'node_modules/unleash-server/dist/server.js');
    const [port = 0, databasePort = 0] = await freePorts(2);
    const database = await startDatabase(folder, databasePort);
    try {
      const url = `http://127.0.0.1:${port}`;
      const env = environmentOf({ url, port, databasePort });
      const server = launch([process.execPath, main], { log: join(folder, 'server.log'), env });
      await untilReady(server, { seconds: 120, isReady: () => answers(`${url}/health`) });
      const document = join(folder, 'openapi.json');
      writeFileSync(document, await (await fetch(`${url}/docs/openapi.json`)).text());
      await createFlag(url);
      const stop = async (): Promise<void> => {
        await server.stop();
        await database.stop();
      };
      return { url, document, stop };
    } catch (error) {
      await database.stop();
      throw error;
    }
  },
};

/** PostgreSQL will not run as root: then it runs as the user that its package made. */
async function startDatabase(folder: string, port: number): Promise<Running> {
  const binaries = binariesOf('/usr/lib/postgresql');
  const data = join(folder, 'database');
  mkdirSync(data);
  const who = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (who.uid !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(data, who.uid, who.gid);
  }
  const options: SpawnOptions = { ...who, cwd: data };
  const made = join(data, 'cluster');
  const initialise = ['-D', made, '-U', 'unleash', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  execFileSync(join(binaries, 'initdb'), initialise, { ...who, cwd: data, stdio: 'ignore' });
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${data}`,
    'fsync=off',
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const log = join(folder, 'database.log');
  const server = launch([join(binaries, 'postgres'), '-D', made, ...flags], { ...options, log });
  const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', 'unleash'];
  await untilReady(server, {
    seconds: 30,
    isReady: async () => succeeds(join(binaries, 'createdb'), [...connection, 'unleash']),
  });
  return server;
}

function succeeds(command: string, flags: readonly string[]): boolean {
  try {
    execFileSync(command, flags, { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

function binariesOf(folder: string): string {
  const [newest] = readdirSync(folder).sort((left, right) => Number(right) - Number(left));
  return join(folder, newest ?? '', 'bin');
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

interface Place {
  readonly url: string;
  readonly port: number;
  readonly databasePort: number;
}

function environmentOf({ url, port, databasePort }: Place): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    DATABASE_URL: `postgres://unleash@127.0.0.1:${databasePort}/unleash`,
    DATABASE_SSL: 'false',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(port),
    UNLEASH_URL: url,
    INIT_ADMIN_API_TOKENS: token,
    INIT_CLIENT_API_TOKENS: 'default:development.unleash-insecure-client-token',
    INIT_FRONTEND_API_TOKENS: 'default:development.unleash-insecure-frontend-token',
    CHECK_VERSION: 'false',
    SEND_TELEMETRY: 'false',
    ENABLE_OAS: 'true',
    SIMPLE_LOGIN_LIMIT_PER_MINUTE: '100000',
    PASSWORD_RESET_LIMIT_PER_MINUTE: '100000',
  };
}

async function createFlag(url: string): Promise<void> {
  const made = await fetch(`${url}/api/admin/projects/default/features`, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'f1', type: 'release' }),
  });
  if (!made.ok) throw new Error(`the flag was refused: ${made.status} ${await made.text()}`);
}
