import { describeContract } from '../../src/vitest/index.ts';
import { contract } from './target.ts';

describeContract({
  ...contract,
  title: 'reading events',
  include: ['GET /events/events/', 'GET /events/events/{*'],
});
