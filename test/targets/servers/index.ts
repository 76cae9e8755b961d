import type { TargetServer } from '../target.ts';
import { pdns } from './pdns.ts';
import { unleash } from './unleash.ts';
import { wiremock } from './wiremock.ts';

/** Every target, in the order that they are verified. */
export const targetServers: readonly TargetServer[] = [pdns, wiremock, unleash];
