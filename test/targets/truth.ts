import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { root } from '../bench/cache.ts';

/** A violation that was known before, by hand: it has to be found. */
export interface KnownViolation {
  /** `GET /zones/{zone_id}`. */
  readonly operation: string;
  readonly status: number;
  readonly check: string;
}

/** What a person has judged of findings: whether they are true, and what shows it. */
export interface Judgement {
  readonly check: string;
  /** A glob over the cause. */
  readonly cause: string;
  /** Globs over `METHOD path`; absent: all. */
  readonly operations?: readonly string[];
  readonly statuses?: readonly number[];
  readonly isTrue: boolean;
  readonly because: string;
  /** The request and the answer, as they were. */
  readonly exchange: string;
  /** The place of the document that says otherwise, and its words. */
  readonly document: string;
}

/** The hand-kept list of one target. */
export interface Truth {
  readonly known: readonly KnownViolation[];
  readonly judgements: readonly Judgement[];
}

/** Reads `fixtures/targets/NAME/truth.yaml`; an empty list where there is none yet. */
export function readTruth(name: string): Truth {
  const file = join(root, 'fixtures/targets', name, 'truth.yaml');
  if (!existsSync(file)) return { known: [], judgements: [] };
  const { known, judgements } = load(readFileSync(file, 'utf8')) as Truth;
  return { known: known ?? [], judgements: judgements ?? [] };
}
