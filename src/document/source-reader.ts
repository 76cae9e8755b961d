import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, parse as parsePath, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ApidoubleError, fileReason } from '../core/index.ts';
import { displayName } from './document-source.ts';
import type { DocumentFaultCode } from './fault-codes.ts';
import type { LoadOptions } from './load-options.ts';

/** A file that was read: where it was found in the end, and what it holds. */
export interface ReadBytes {
  readonly uri: string;
  readonly bytes: Uint8Array;
}

/** Why a reference may not be followed, or could not be. */
export interface Refusal {
  readonly code: DocumentFaultCode;
  readonly reason: string;
}

const defaultTimeout = 30_000;
const defaultSizeLimit = 64 * 1024 * 1024;
const redirectLimit = 5;

/** Reads documents, and the files that they refer to where that is allowed. */
export class SourceReader {
  readonly #options: LoadOptions;
  readonly #cwd: string;
  readonly #sizeLimit: number;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#cwd = resolve(options.cwd ?? '.');
    this.#sizeLimit = options.sizeLimit ?? defaultSizeLimit;
  }

  displayName(uri: string): string {
    return displayName(uri, this.#cwd);
  }

  /** Reads what the user named. Throws `ERR_DOCUMENT_UNREADABLE` where it cannot be read. */
  async readRoot(input: string | URL): Promise<ReadBytes> {
    const named = String(input);
    try {
      if (named === '-') return { uri: 'stdin:', bytes: await this.#readStdin() };
      if (/^https?:\/\//i.test(named)) return await this.#readUrl(named, [new URL(named).host]);
      const url = /^file:/i.test(named) ? new URL(named) : pathToFileURL(resolve(this.#cwd, named));
      return { uri: url.href, bytes: await this.#readFile(fileURLToPath(url)) };
    } catch (cause) {
      throw new ApidoubleError(
        'ERR_DOCUMENT_UNREADABLE',
        `Cannot read document "${named}": ${reasonOf(cause)}. Check that it is there and may be read.`,
        { cause },
      );
    }
  }

  /** Reads what a reference names, under the rules for references. */
  async readReferenced(uri: string, root: string): Promise<ReadBytes | Refusal> {
    const scheme = uri.slice(0, uri.indexOf(':'));
    if (scheme === 'file') return this.#readReferencedFile(uri, root);
    if (scheme === 'http' || scheme === 'https') return this.#readReferencedUrl(uri, root);
    return { code: 'document.reference', reason: `nothing is known by the URI "${uri}"` };
  }

  async #readReferencedFile(uri: string, root: string): Promise<ReadBytes | Refusal> {
    const code = 'document.reference-file';
    if (!root.startsWith('file:')) {
      return { code, reason: 'a document that is no file itself may not refer to files' };
    }
    try {
      const path = fileURLToPath(uri);
      const real = await realpath(path);
      const home = await realpath(dirname(fileURLToPath(root)));
      if (!mayRead(real, home)) {
        const remedy = 'it is outside of the folders around the document, or hidden';
        return { code, reason: remedy };
      }
      return { uri, bytes: await this.#readFile(real) };
    } catch (cause) {
      return { code, reason: reasonOf(cause) };
    }
  }

  async #readReferencedUrl(uri: string, root: string): Promise<ReadBytes | Refusal> {
    const hosts = [...(this.#options.allowHosts ?? [])];
    if (/^https?:/.test(root)) hosts.push(new URL(root).host);
    const url = new URL(uri);
    if (!isAllowed(url, hosts)) {
      const reason = `the host "${url.host}" was not named (--allow-host ${url.host} names it)`;
      return { code: 'document.reference-host', reason };
    }
    try {
      return await this.#readUrl(uri, hosts);
    } catch (cause) {
      return { code: 'document.reference-file', reason: reasonOf(cause) };
    }
  }

  async #readStdin(): Promise<Uint8Array> {
    const { stdin } = this.#options;
    if (stdin === undefined) throw new Error('no standard input was given');
    return this.#collect(stdin);
  }

  async #readFile(path: string): Promise<Uint8Array> {
    const { size } = await stat(path);
    if (size > this.#sizeLimit) throw new Error(`it has more than ${this.#sizeLimit} bytes`);
    const { signal } = this.#options;
    return readFile(path, signal === undefined ? {} : { signal });
  }

  /** Redirects are followed by hand, so that none leads to a host that was not named. */
  async #readUrl(uri: string, hosts: readonly string[]): Promise<ReadBytes> {
    const timeout = AbortSignal.timeout(this.#options.timeout ?? defaultTimeout);
    const { signal: stop } = this.#options;
    const signal = stop === undefined ? timeout : AbortSignal.any([timeout, stop]);
    const get = this.#options.fetch ?? globalThis.fetch;
    let url = new URL(uri);
    for (let hops = 0; hops <= redirectLimit; hops += 1) {
      const response = await get(url.href, { redirect: 'manual', signal, headers: { accept: acceptHeader } });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) {
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        return { uri: url.href, bytes: await this.#collect(bodyOf(response)) };
      }
      await response.body?.cancel();
      url = new URL(location, url);
      if (!isAllowed(url, hosts))
        throw new Error(`it redirects to the host "${url.host}", which was not named`);
    }
    throw new Error(`it redirects more than ${redirectLimit} times`);
  }

  async #collect(parts: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const part of parts) {
      const chunk = typeof part === 'string' ? Buffer.from(part) : part;
      size += chunk.byteLength;
      if (size > this.#sizeLimit) throw new Error(`it has more than ${this.#sizeLimit} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

const acceptHeader =
  'application/openapi+json, application/openapi+yaml, application/json, application/yaml, */*';

async function* bodyOf(response: Response): AsyncIterable<Uint8Array> {
  if (response.body !== null) yield* response.body;
}

/** A host without a port stands for all its ports. */
function isAllowed(url: URL, hosts: readonly string[]): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  return hosts.some((host) => host === url.host || host === url.hostname);
}

/**
 * Files below the document's folder, and below the folders around it, but not all that the disk holds: neither the
 * top folder itself nor what is hidden (`.ssh`, `.env`) outside of the document's own folder.
 */
function mayRead(path: string, home: string): boolean {
  if (isBelow(path, home)) return true;
  const { root } = parsePath(home);
  for (let folder = dirname(home); folder !== root; folder = dirname(folder)) {
    if (!isBelow(path, folder)) continue;
    return !relative(folder, path)
      .split(sep)
      .some((part) => part.startsWith('.'));
  }
  return false;
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return 'no answer came in time';
  return cause.cause instanceof Error ? `${cause.message} (${cause.cause.message})` : fileReason(cause);
}
