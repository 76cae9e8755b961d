import { Command } from 'commander';
import type { LoadedConfig } from '../config/index.ts';
import type { ApiDocument } from '../document/index.ts';
import { createMock, type Mock } from '../mock/index.ts';
import { configArguments } from './config-arguments.ts';
import { declareMockFlags, type MockFlags } from './mock-flags.ts';
import { mockOptions } from './mock-options.ts';

/** The mock that answers what another cannot, as the configuration says of `apidouble mock`. Throws what `createMock` does. */
export async function createFallback(document: ApiDocument, loaded: LoadedConfig | undefined): Promise<Mock> {
  const command = declareMockFlags(new Command('mock').exitOverride());
  command.parse(loaded === undefined ? [] : configArguments(command, loaded), { from: 'user' });
  return createMock({ ...(await mockOptions(command.opts<MockFlags>())), document, adminPath: false });
}
