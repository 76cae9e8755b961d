export { applyBaseline, type BaselineEntry, readBaseline } from './baseline.ts';
export { type ExitOptions, exitStatus, unproven } from './exit-status.ts';
export type { ContractHooks, HookRequest, Prepared, RequestContext, RunContext } from './hooks.ts';
export type {
  Capability,
  ContractIdentity,
  ContractOptions,
  ExampleData,
  ExampleValues,
  LoginStep,
  PlanOptions,
} from './options.ts';
export type { OwnCheck, OwnFault, OwnVerdict } from './own-checks.ts';
export { planContract } from './planning/plan-contract.ts';
export { type Recheck, recheckFinding } from './recheck.ts';
export { findingsByObligation } from './report/group-findings.ts';
export { createReporter, parseReporter } from './report/index.ts';
export type * from './report.ts';
export { type ObservedTraffic, reportTraffic } from './result/report-traffic.ts';
export { assertContract, runContract } from './run-contract.ts';
export { mergeExampleData } from './running/around.ts';
export { destinationOf } from './running/destination.ts';
export { markPlaceOf } from './running/markers.ts';
export { authorize } from './sending/authorize.ts';
