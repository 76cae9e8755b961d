/**
 * What does the server room cost? A constant target behind `listen()` (CORS and limits on) against a bare node:http server;
 * both read and parse a JSON body and answer a constant. Each server is a process of its own, this one makes the load.
 *
 *     npm run build && npx tsx test/bench/server.ts [rounds] [seconds]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drive } from './server-load.ts';

const connections = 32;
const kinds = ['bare', 'ours'] as const;
type Kind = (typeof kinds)[number];

/** What a round gave. */
interface Round {
  readonly rate: number;
  /** Of the server's processor time, per request. */
  readonly microseconds: number;
}

const child = join(import.meta.dirname, 'server-process.mjs');
const built = join(import.meta.dirname, '../../dist/server/index.js');

async function main(): Promise<void> {
  if (!existsSync(built)) throw new Error('Cannot measure: dist/ is missing. Run npm run build first.');
  const [rounds = 15, seconds = 0.7] = process.argv.slice(2).map(Number);
  const servers = new Map<Kind, { process: ChildProcess; port: number }>();
  for (const kind of kinds) servers.set(kind, await start(kind));
  const results: Record<Kind, Round[]> = { bare: [], ours: [] };
  for (let round = -1; round < rounds; round += 1) {
    for (const [kind, server] of servers) {
      const result = await measure(server, seconds);
      if (round >= 0) results[kind].push(result);
    }
  }
  for (const { process: one } of servers.values()) one.kill();
  report(results);
}

async function start(kind: Kind): Promise<{ process: ChildProcess; port: number }> {
  const started = fork(child, [kind]);
  const [port] = (await once(started, 'message')) as [number];
  return { process: started, port };
}

async function measure(server: { process: ChildProcess; port: number }, seconds: number): Promise<Round> {
  const before = await processorTime(server.process);
  const { count, elapsed } = await drive(server.port, connections, seconds);
  const after = await processorTime(server.process);
  return { rate: count / elapsed, microseconds: (after - before) / count };
}

async function processorTime(server: ChildProcess): Promise<number> {
  server.send('cpu');
  const [microseconds] = (await once(server, 'message')) as [number];
  return microseconds;
}

function report(results: Record<Kind, readonly Round[]>): void {
  for (const kind of kinds) {
    const rates = results[kind].map((round) => Math.round(round.rate));
    const cost = median(results[kind].map((round) => round.microseconds)).toFixed(1);
    console.log(
      `${kind}: ${median(rates)} requests/s (${rates.join(' ')}), ${cost} µs of processor time each`,
    );
  }
  const ratio = (of: (round: Round) => number): string =>
    median(results.bare.map((bare, index) => of(results.ours[index] ?? bare) / of(bare))).toFixed(3);
  const byTime = ratio((round) => 1 / round.microseconds);
  console.log(
    `ours is ${ratio((round) => round.rate)} of bare by rate, ${byTime} by processor time (goal: 0.85)`,
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

await main();
