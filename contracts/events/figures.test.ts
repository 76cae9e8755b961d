import { describeContract } from '../../src/vitest/index.ts';
import { contract } from './target.ts';

describeContract({
  ...contract,
  title: 'figures drawn from events',
  include: [
    'events_events_actions_list',
    'events_events_per_month_list',
    'events_events_top_per_user_list',
    'events_events_volume_list',
  ],
});
