import { parseArgs } from 'node:util';

/** How a run of the bench was asked for. */
export interface BenchOptions {
  /** One short round instead of five: for a quick look, not for a claim. */
  readonly quick: boolean;
  /** Only the servers whose name contains this (the bare server always runs). */
  readonly only: string | undefined;
  /** Only the proxies, which are left out where `only` names something else. */
  readonly proxies: boolean;
  /** Only the mock with state beside the one without. */
  readonly state: boolean;
  /** Where the figures go as JSON. */
  readonly json: string | undefined;
  readonly rounds: number;
  /** Of each measurement of a server on a row. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  readonly startsOfOurs: number;
  readonly startsOfPeers: number;
}

/** Reads the command line; throws (from `parseArgs`) on an option that it does not know. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      proxies: { type: 'boolean', default: false },
      state: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const length = values.quick
    ? { rounds: 1, seconds: 0.6, warmUpSeconds: 0.8, startsOfOurs: 3, startsOfPeers: 1 }
    : { rounds: 5, seconds: 1.2, warmUpSeconds: 2, startsOfOurs: 10, startsOfPeers: 3 };
  return {
    quick: values.quick,
    only: values.only,
    proxies: values.proxies,
    state: values.state,
    json: values.json,
    connections: 10,
    ...length,
  };
}
