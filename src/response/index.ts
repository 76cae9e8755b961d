export { type Answer, type Choice, choose, chooseRefusal, type Question } from './choose.ts';
export { pageUrl } from './envelope.ts';
export { allExamples, lintExternalExamples, loadExternalExamples } from './examples.ts';
export type { ProduceContext } from './make-body.ts';
export { createProducer, mostTold, type Producer, troublesOf } from './produce.ts';
export { refusalStatuses } from './refusal.ts';
export { noWish, readWish, type Wish } from './wish.ts';
