export type { Capability } from '../contract/index.ts';
export { type Client, type ClientOptions, createClient } from './client.ts';
export type { CallInput, CallResult, ResultWith } from './client-types.ts';
export { type ContractOperation, type LoadedContract, loadContract } from './contract.ts';
export { type DescribeContractOptions, describeContract } from './describe-contract.ts';
export { expectStatus } from './expect-status.ts';
export { type ContractMatchers, type Judged, matchers } from './matchers.ts';
export type { ContractTarget } from './target.ts';
