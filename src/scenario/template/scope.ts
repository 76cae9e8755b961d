import type { Random } from '../../core/index.ts';
import type { Facts } from '../match/facts.ts';

/** What templates draw from. */
export interface TemplateScope {
  readonly facts: Facts;
  /** The scenario's state before the answer. */
  readonly state: string;
  /** How many requests the rule has answered in this session, this one included. */
  readonly count: number;
  readonly session: string;
  /** A stream of its own for each answer. */
  readonly random: Random;
  /** Milliseconds since 1970, by the mock's clock. */
  readonly now: number;
  readonly locale: string | undefined;
  /** Raises a counter of the session and gives what it has come to. */
  counter(name: string): number;
}
