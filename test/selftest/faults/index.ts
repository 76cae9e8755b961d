import { acceptedFaults } from './accepted.ts';
import { changeFaults } from './change.ts';
import { concurrencyFaults } from './concurrency.ts';
import { crashFaults } from './crash.ts';
import { creationFaults } from './creation.ts';
import { credentialFaults } from './credentials.ts';
import { doorFaults } from './doors.ts';
import { endFaults } from './end.ts';
import { exchangeFaults } from './exchange.ts';
import type { Fault } from './fault.ts';
import { filterFaults } from './filters.ts';
import { keywordFaults } from './keywords.ts';
import { meaningFaults } from './meaning.ts';
import { pagingFaults } from './paging.ts';
import { rejectedFaults } from './rejected.ts';

/** Every fault, planted one at a time. */
export const faults: readonly Fault[] = [
  ...exchangeFaults,
  ...meaningFaults,
  ...keywordFaults,
  ...rejectedFaults,
  ...acceptedFaults,
  ...creationFaults,
  ...changeFaults,
  ...endFaults,
  ...pagingFaults,
  ...filterFaults,
  ...credentialFaults,
  ...doorFaults,
  ...concurrencyFaults,
  ...crashFaults,
];
