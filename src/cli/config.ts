import {
  type ContractSettings,
  contractSettings,
  documentIn,
  type LoadedConfig,
  readConfig,
  readingOf,
} from '../config/index.ts';
import { environment, findConfig } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import type { ConfigFlags } from './config-flags.ts';
import { type DocumentFlags, loadOptions, namedDocument } from './document-source.ts';
import type { Terminal } from './terminal.ts';

/** The configuration that a command uses: the one that is named, else the nearest; `undefined` where there is none. */
export async function loadedConfig({ config }: ConfigFlags): Promise<LoadedConfig | undefined> {
  if (config === false) return undefined;
  const file = config ?? findConfig(process.cwd());
  return file === undefined ? undefined : readConfig(file, process.cwd());
}

/** What the configuration says of a run on a target; nothing but the target where there is none. */
export async function settingsFor(
  loaded: LoadedConfig | undefined,
  target: string | undefined,
): Promise<ContractSettings> {
  if (loaded !== undefined) return contractSettings(loaded, { target, environment: environment() });
  const options = target === undefined ? {} : { target };
  return { options, reading: {}, exit: {} };
}

/** Loads the document that the command line names, else the configuration's, as both say. Throws what `loadDocument` throws. */
export function loadNamed(
  name: string | undefined,
  { flags, loaded, terminal }: { flags: DocumentFlags; loaded: LoadedConfig | undefined; terminal: Terminal },
): Promise<ApiDocument> {
  const own = loadOptions(flags);
  const reading = loaded === undefined ? {} : readingOf(loaded);
  const named = name ?? (loaded === undefined ? undefined : documentIn(loaded));
  return loadDocument(namedDocument(named), {
    ...own,
    ...reading,
    allowHosts: [...(reading.allowHosts ?? []), ...own.allowHosts],
    overlays: [...(reading.overlays ?? []), ...own.overlays],
    stdin: terminal.input,
  });
}
