import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, freePorts, launch, untilReady } from '../processes.ts';
import type { TargetServer } from '../target.ts';

const key = 'apidouble-key';
const headers = { 'X-API-Key': key };
const schema = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql';

/** PowerDNS, authoritative: C++, a Swagger 2.0 document from the running server. */
export const pdns: TargetServer = {
  name: 'pdns',
  version: '4.7.3',
  debian: ['pdns-server', 'pdns-backend-sqlite3', 'sqlite3'],
  leftOut: {},
  identity: { auth: { APIKeyHeader: key } },
  async start(folder) {
    const [port = 0, dnsPort = 0] = await freePorts(2);
    const database = join(folder, 'pdns.sqlite3');
    for (const name of ['conf', 'sock']) mkdirSync(join(folder, name));
    execFileSync('sqlite3', [database], { input: readFileSync(schema) });
    const server = launch(commandOf({ folder, database, port, dnsPort }), {
      log: join(folder, 'server.log'),
    });
    const url = `http://127.0.0.1:${port}/api/v1`;
    await untilReady(server, { seconds: 30, isReady: () => answers(`${url}/servers`, headers) });
    const document = join(folder, 'openapi.json');
    const published = await fetch(`http://127.0.0.1:${port}/api/docs`, {
      headers: { ...headers, accept: 'application/json' },
    });
    writeFileSync(document, await published.text());
    await createZone(url);
    return { url, document, stop: () => server.stop() };
  },
};

interface Place {
  readonly folder: string;
  readonly database: string;
  readonly port: number;
  readonly dnsPort: number;
}

function commandOf({ folder, database, port, dnsPort }: Place): string[] {
  const settings = {
    'config-dir': join(folder, 'conf'),
    'socket-dir': join(folder, 'sock'),
    launch: 'gsqlite3',
    'gsqlite3-database': database,
    'gsqlite3-dnssec': 'yes',
    daemon: 'no',
    guardian: 'no',
    'disable-syslog': 'yes',
    setuid: '',
    setgid: '',
    'security-poll-suffix': '',
    'local-address': '127.0.0.1',
    'local-port': dnsPort,
    webserver: 'yes',
    'webserver-address': '127.0.0.1',
    'webserver-port': port,
    'webserver-allow-from': '127.0.0.1',
    api: 'yes',
    'api-key': key,
  };
  return ['pdns_server', ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)];
}

async function createZone(url: string): Promise<void> {
  const www = { name: 'www.example.org.', type: 'A', ttl: 300 };
  const zone = {
    name: 'example.org.',
    kind: 'Native',
    nameservers: ['ns1.example.org.'],
    rrsets: [{ ...www, records: [{ content: '192.0.2.1', disabled: false }] }],
  };
  const made = await fetch(`${url}/servers/localhost/zones`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(zone),
  });
  if (!made.ok) throw new Error(`the zone was refused: ${made.status} ${await made.text()}`);
}
