import type { Finding } from '../core/index.ts';
import type { MediaTypePlan } from '../plan/index.ts';

/** The values of a request by where they stood, decoded to their schema's types. */
export interface ParameterValues {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
}

/** The body of a request as it was understood. */
export interface BodyReading {
  readonly present: boolean;
  /** The declared media type that it was read as. */
  readonly plan?: MediaTypePlan;
  /** The best value that could be had, also where the body was refused. */
  readonly value: unknown;
}

/** All that was understood of a request, and all that was wrong with it. Nothing is parsed a second time. */
export interface RequestReading {
  readonly values: ParameterValues;
  readonly body: BodyReading;
  readonly findings: readonly Finding[];
}
