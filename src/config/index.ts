export {
  type ApidoubleConfig,
  defineConfig,
  type FlagsConfig,
  type IdentityConfig,
  type Secret,
  type TargetConfig,
  type TargetSettings,
} from './config.ts';
export { commandsWithFlags } from './config-schema.ts';
export { type ConfigChoice, configuredRun, contractOptions } from './contract-options.ts';
export {
  type ContractSettings,
  contractSettings,
  documentIn,
  readingOf,
  tokenOf,
} from './contract-settings.ts';
export { holdToDocument, readExampleData } from './example-data.ts';
export { type LoadedConfig, readConfig } from './read-config.ts';
export { baselineIn, secretsIn, type TrafficSettings, trafficSettings } from './traffic-settings.ts';
