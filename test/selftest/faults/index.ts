import { exchangeFaults } from './exchange.ts';
import type { Fault } from './fault.ts';

/** Every fault, planted one at a time. */
export const faults: readonly Fault[] = [...exchangeFaults];
