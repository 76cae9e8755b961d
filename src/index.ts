export type {
  ApidoubleConfig,
  ConfigChoice,
  IdentityConfig,
  Secret,
  TargetConfig,
  TargetSettings,
} from './config/index.ts';
export { contractOptions, defineConfig } from './config/index.ts';
export type {
  Capability,
  ContractFinding,
  ContractHooks,
  ContractIdentity,
  ContractOptions,
  Coverage,
  ExampleData,
  ExampleValues,
  Grade,
  HookRequest,
  LoginStep,
  Obligation,
  ObligationResult,
  OwnCheck,
  OwnFault,
  OwnVerdict,
  PlanOptions,
  Prepared,
  Report,
  Reporter,
  RequestContext,
  RunContext,
  RunEvent,
  Verdict,
} from './contract/index.ts';
export { assertContract, exitStatus, planContract, runContract } from './contract/index.ts';
export type { Clock, ErrorCode, Finding, Origin, Place, SourceLocation } from './core/index.ts';
export { ApidoubleError, errorCodes, isApidoubleError, pinnedClock } from './core/index.ts';
export type { ApiDocument, ApiOperation } from './document/index.ts';
export { loadDocument } from './document/index.ts';
export type { Exchange, HttpRequest, HttpResponse, Target } from './http/index.ts';
export { HeaderList } from './http/index.ts';
export type {
  AnyOperations,
  DataSource,
  ExpectedCalls,
  HandlerAnswer,
  HandlerContext,
  HandlerTools,
  JournalEntry,
  ListenOptions,
  MatchOf,
  Mock,
  MockHandler,
  MockOptions,
  MockServer,
  MockState,
  OperationName,
  OperationRule,
  ScenarioControl,
  UnmatchedRequest,
} from './mock/index.ts';
export { createMock } from './mock/index.ts';
export type { Correction } from './plan/index.ts';
export { lintDocument } from './plan/index.ts';
export type {
  ApiProxy,
  FallbackCase,
  OperationTraffic,
  ProxyEntry,
  ProxyListenOptions,
  ProxyOptions,
  ProxyRecorder,
  ProxyServer,
  Replay,
  ReplayOptions,
  Traffic,
  TrafficFinding,
} from './proxy/index.ts';
export { createProxy, createReplay } from './proxy/index.ts';
export type {
  LeftOut,
  RecordedExchange,
  Recorder,
  RecorderOptions,
  Recording,
  Secrets,
} from './recording/index.ts';
export { createRecorder, readRecording } from './recording/index.ts';
export type { FaultDefinition, NearMiss, ScenarioDefinition } from './scenario/index.ts';
export { scenarioSchema } from './scenario/index.ts';
