import type { Place } from './place.ts';

/** A schema in the form that ajv compiles: a null-prototype object of JSON Schema's keywords and of ours. */
export type Emitted = Record<string, unknown>;

/** What a generated function says about one thing that is wrong; ajv's error object, verbose. */
export interface RawError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: object;
  readonly data?: unknown;
}

/** A function that ajv generated: false for an invalid value, and then `errors` has the reasons. */
export interface Judge {
  (value: unknown, at?: { readonly instancePath: string }): boolean;
  errors?: RawError[] | null;
}

/**
 * A schema that is compiled on its own, at its first use, and shared by every schema that holds it. Its members are
 * functions only, because ajv walks through everything else that it finds in a schema.
 */
export interface Link {
  /** Stops at the first fault and does not say where. */
  check: Judge;
  /** Finds all faults. */
  report: Judge;
  /** Tells of some values that are not valid, without generating anything. */
  refuses: (value: unknown) => boolean;
}

/** What the keywords must know about an emitted schema beside what stands in it. Written while it is emitted. */
export interface Facts {
  readonly place: Place;
  /** Of oneOf: each branch on its own. */
  oneOf?: readonly Link[] | undefined;
  /** Of anyOf: each branch on its own. */
  anyOf?: readonly Link[] | undefined;
  /** The properties that an object's other keywords have judged; `undefined` where they have judged all. */
  evaluatedProperties?: (value: Readonly<Record<string, unknown>>) => ReadonlySet<string> | undefined;
  /** The items that a list's other keywords have judged; `undefined` where they have judged all. */
  evaluatedItems?: (value: readonly unknown[]) => ReadonlySet<number> | undefined;
}

const facts = new WeakMap<object, Facts>();

/** Makes an empty schema for ajv that remembers its facts. */
export function createEmitted(about: Facts, keywords: Emitted = {}): Emitted {
  const emitted: Emitted = Object.assign(Object.create(null), keywords);
  facts.set(emitted, about);
  return emitted;
}

/** The facts of an emitted schema. */
export function factsOf(emitted: unknown): Facts | undefined {
  return typeof emitted === 'object' && emitted !== null ? facts.get(emitted) : undefined;
}

/** Whether an emitted schema allows everything. */
export function allowsAll(emitted: unknown): boolean {
  if (typeof emitted === 'boolean') return emitted;
  return typeof emitted === 'object' && emitted !== null && Object.keys(emitted).length === 0;
}
