import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cache.ts';
import type { BenchDocument } from './documents.ts';

/** One of the servers that stand side by side. */
export interface Server {
  readonly name: string;
  /** Where the server has the API: Prism and Steady ignore the base path of the document. */
  readonly prefix: string;
  /** Why it is not measured; absent where it is. */
  readonly missing?: string;
  /** The forms that it reads. */
  readonly forms: readonly ('json' | 'yaml')[];
  command(document: BenchDocument, port: number, form: 'json' | 'yaml'): readonly string[];
}

/** Sizes in bytes of the answers that the bare server gives: those of ours, so that it writes as much. */
export interface AnswerSizes {
  readonly create: number;
  readonly list: number;
  readonly one: number;
}

export const ours = 'Apidouble';

/** Every server, ours first; `peers` is the folder that the others are installed in. */
export function servers(peers: string, sizes: AnswerSizes): readonly Server[] {
  return [apidouble(), prism(peers), prismStatic(peers), steady(peers), openapiBackend(peers), bare(sizes)];
}

/** Ours, as a user starts it. */
export function apidouble(): Server {
  const main = join(root, 'dist/cli/main.js');
  return {
    name: ours,
    prefix: '/api/v3',
    forms: ['json', 'yaml'],
    ...(existsSync(main) ? {} : { missing: 'dist/ is not built' }),
    command: (document, port, form) => [
      process.execPath,
      main,
      'mock',
      document[form],
      '--port',
      String(port),
      '--dynamic',
      '-v',
      'silent',
    ],
  };
}

function prism(peers: string): Server {
  const main = join(peers, 'node_modules/@stoplight/prism-cli/dist/index.js');
  return {
    name: 'Prism',
    prefix: '',
    forms: ['json', 'yaml'],
    command: (document, port, form) => [
      process.execPath,
      main,
      'mock',
      document[form],
      '-p',
      String(port),
      '-d',
      '-v',
      'silent',
    ],
  };
}

/** Prism where its dynamic answers end in a 500 of its own, as they do on `openapi.yaml`. */
function prismStatic(peers: string): Server {
  const dynamic = prism(peers);
  return {
    ...dynamic,
    name: 'Prism, static',
    forms: ['json'],
    command: (document, port, form) => dynamic.command(document, port, form).filter((flag) => flag !== '-d'),
  };
}

function steady(peers: string): Server {
  const binary = join(peers, `node_modules/@stdy/cli-${process.platform}-${process.arch}/bin/steady`);
  return {
    name: 'Steady',
    prefix: '',
    forms: ['json', 'yaml'],
    ...(existsSync(binary) ? {} : { missing: `it has no binary for ${process.platform}-${process.arch}` }),
    command: (document, port, form) => [
      binary,
      '-p',
      String(port),
      '--log=false',
      '--reject-on-sdk-error',
      '--generator-array-size=20',
      document[form],
    ],
  };
}

function openapiBackend(peers: string): Server {
  const main = join(import.meta.dirname, 'peers/openapi-backend.mjs');
  return {
    name: 'openapi-backend',
    prefix: '',
    forms: ['json'],
    command: (document, port) => [process.execPath, main, String(port), document.json, peers],
  };
}

function bare(sizes: AnswerSizes): Server {
  const main = join(import.meta.dirname, 'peers/bare.mjs');
  const { create, list, one } = sizes;
  return {
    name: 'bare node:http',
    prefix: '',
    forms: ['json'],
    command: (_document, port) => [process.execPath, main, ...[port, create, list, one].map(String)],
  };
}
