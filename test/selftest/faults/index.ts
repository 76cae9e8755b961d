import { acceptedFaults } from './accepted.ts';
import { concurrencyFaults } from './concurrency.ts';
import { crashFaults } from './crash.ts';
import { credentialFaults } from './credentials.ts';
import { exchangeFaults } from './exchange.ts';
import type { Fault } from './fault.ts';
import { lifeFaults } from './life.ts';
import { listFaults } from './lists.ts';
import { meaningFaults } from './meaning.ts';
import { rejectedFaults } from './rejected.ts';

/** Every fault, planted one at a time. */
export const faults: readonly Fault[] = [
  ...exchangeFaults,
  ...meaningFaults,
  ...rejectedFaults,
  ...acceptedFaults,
  ...lifeFaults,
  ...listFaults,
  ...credentialFaults,
  ...concurrencyFaults,
  ...crashFaults,
];
