export { createMock } from './create-mock.ts';
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
} from './mock.ts';
