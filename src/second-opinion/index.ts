export type {
  Judgement,
  Opinion,
  SecondOpinionEngine,
  SecondOpinionOptions,
} from './second-opinion.ts';
export { createSecondOpinion } from './second-opinion.ts';
