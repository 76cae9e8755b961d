#!/usr/bin/env node
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal();
const code = await run(process.argv.slice(2), terminal);
await terminal.drain();
// What may still be open (a kept connection to a host, the channel to a parent) must not keep a command that is done.
process.exit(code);
