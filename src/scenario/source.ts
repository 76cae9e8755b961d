import { ApidoubleError, appendPointer, type JsonPointer, type SourceLocation } from '../core/index.ts';

/** Where a scenario was written: a file that can tell lines, or code. */
export interface ScenarioSource {
  /** A file as a person knows it, or what stands for it: `scenario "payment"`. */
  readonly label: string;
  /** Absent for what was given in code. */
  locate?(pointer: JsonPointer): SourceLocation;
}

/** A place in a scenario's source. Whatever is wrong there is told with file, line and column. */
export class Spot {
  readonly #source: ScenarioSource;
  readonly #pointer: JsonPointer;

  constructor(source: ScenarioSource, pointer: JsonPointer = '') {
    this.#source = source;
    this.#pointer = pointer;
  }

  down(...keys: readonly (string | number)[]): Spot {
    return new Spot(this.#source, appendPointer(this.#pointer, ...keys));
  }

  /** The place as a person finds it: `scenarios/pay.yaml:4:7`, or `scenario "pay" at /rules/0`. */
  get name(): string {
    const place = this.#source.locate?.(this.#pointer);
    if (place !== undefined) return `${place.file}:${place.line}:${place.column}`;
    return this.#pointer === '' ? this.#source.label : `${this.#source.label} at ${this.#pointer}`;
  }

  /** The error that this place is the reason of. */
  fault(reason: string, remedy: string): ApidoubleError {
    const location = this.#source.locate?.(this.#pointer);
    return new ApidoubleError(
      'ERR_SCENARIO',
      `Cannot use scenario "${this.name}": ${reason}. ${remedy}.`,
      location === undefined ? {} : { location },
    );
  }
}
