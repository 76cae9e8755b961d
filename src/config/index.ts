export {
  type ApidoubleConfig,
  defineConfig,
  type FlagsConfig,
  type IdentityConfig,
  type Secret,
  type TargetConfig,
  type TargetSettings,
} from './config.ts';
export { commandsWithFlags, configSchema } from './config-schema.ts';
export { type ConfigChoice, type ConfiguredRun, configuredRun, contractOptions } from './contract-options.ts';
export {
  type ContractSettings,
  contractSettings,
  documentIn,
  readingOf,
  type SettingsChoice,
  tokenOf,
} from './contract-settings.ts';
export { exampleDataSchema, holdToDocument, readExampleData } from './example-data.ts';
export { type LoadedConfig, readConfig } from './read-config.ts';
export { secretsIn, type TrafficSettings, trafficSettings } from './traffic-settings.ts';
