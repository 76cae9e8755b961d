export { createMock, serveMock } from './create-mock.ts';
export type { ExpectedCalls } from './expect-called.ts';
export type {
  DataSource,
  HandlerAnswer,
  HandlerContext,
  HandlerTools,
  JournalEntry,
  ListenOptions,
  Mock,
  MockHandler,
  MockOptions,
  MockServer,
  MockState,
  ScenarioControl,
  UnmatchedRequest,
} from './mock.ts';
export type { MatchOf, OperationRule } from './on.ts';
export type { AnyOperations, OperationName } from './operation-types.ts';
