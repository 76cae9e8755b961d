import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How long a burst of changes (an editor's save, a checkout) is waited out, in milliseconds. */
const quietTime = 80;

/** What is watched, and what happens then. */
export interface WatchOptions {
  /** The URIs of the document's files as they are now; asked again after each reload. Those that are no files are left out. */
  files(): readonly string[];
  /** Reads the document again. It must not reject; `false` says that the document is broken. */
  reload(): Promise<boolean>;
}

/**
 * Watches the folders of a document's files and reloads when one of the files is another than before.
 *
 * Folders, not files: many editors save by renaming a new file over the old one, and a watch on a file ends there.
 * While the document is broken any change in a folder counts, because what it lacks may be a file that is not there yet.
 */
export class DocumentWatcher {
  readonly #options: WatchOptions;
  readonly #folders = new Map<string, FSWatcher>();
  #seen: ReadonlyMap<string, string>;
  #healthy = true;
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #missed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#seen = signatures(options.files());
    this.#follow();
  }

  /** How many files are watched. */
  get count(): number {
    return this.#seen.size;
  }

  /** Stops; a reload that runs comes to its end. */
  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  readonly #wake = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), quietTime);
  };

  async #run(): Promise<void> {
    if (this.#busy) {
      this.#missed = true;
      return;
    }
    this.#busy = true;
    await this.#check();
    this.#busy = false;
    if (!this.#missed) return;
    this.#missed = false;
    this.#wake();
  }

  async #check(): Promise<void> {
    const now = signatures(this.#options.files());
    if (this.#healthy && sameEntries(now, this.#seen)) return;
    this.#healthy = await this.#options.reload();
    // What was seen before the reload counts: a file that changed while it ran is read again.
    this.#seen = new Map([...signatures(this.#options.files()), ...kept(now, this.#options.files())]);
    this.#follow();
  }

  #follow(): void {
    const wanted = new Set([...this.#seen.keys()].map((path) => dirname(path)));
    for (const [folder, watcher] of this.#folders) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#folders.delete(folder);
    }
    for (const folder of wanted) if (!this.#folders.has(folder)) this.#watch(folder);
  }

  #watch(folder: string): void {
    const watcher = watch(folder, this.#wake);
    // A folder that is deleted ends its watch; its files are looked for again with the next change elsewhere.
    watcher.on('error', () => {
      watcher.close();
      this.#folders.delete(folder);
    });
    this.#folders.set(folder, watcher);
  }
}

function filePaths(uris: readonly string[]): string[] {
  return uris.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
}

function signatures(uris: readonly string[]): Map<string, string> {
  return new Map(filePaths(uris).map((path) => [path, signature(path)]));
}

/** Follows links, so that a link which is turned to another file (Kubernetes' config maps) counts as a change. */
function signature(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'absent' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}

function kept(before: ReadonlyMap<string, string>, uris: readonly string[]): [string, string][] {
  const current = new Set(filePaths(uris));
  return [...before].filter(([path]) => current.has(path));
}

function sameEntries(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) if (right.get(key) !== value) return false;
  return true;
}
