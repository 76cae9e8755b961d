export type { ProducerSettings } from './body-maker.ts';
export {
  type Answer,
  type BodySource,
  type Choice,
  choose,
  chooseRefusal,
  type NoAnswer,
  type Question,
} from './choose.ts';
export { pageUrl } from './envelope.ts';
export { allExamples, exampleBytes, lintExternalExamples, loadExternalExamples } from './examples.ts';
export {
  createProducer,
  messagesOf,
  mostTold,
  type ProduceContext,
  type Produced,
  type Producer,
} from './produce.ts';
export { refusalStatuses } from './refusal.ts';
export { noWish, readWish, type Wish } from './wish.ts';
