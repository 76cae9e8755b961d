export type { Judgement, SecondOpinionEngine } from './second-opinion.ts';
export { createSecondOpinion } from './second-opinion.ts';
