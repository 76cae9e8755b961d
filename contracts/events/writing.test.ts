import { describeContract } from '../../src/vitest/index.ts';
import { contract } from './target.ts';

describeContract({ ...contract, title: 'writing events', include: ['*'], exclude: ['GET *'] });
