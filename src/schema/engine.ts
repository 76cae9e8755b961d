import type { Ajv2020, Format } from 'ajv/dist/2020.js';
import { ajv } from './ajv.ts';
import { assertions } from './assertions.ts';
import type { Emitted, Judge } from './emitted.ts';
import { formatTests } from './formats.ts';
import { inPlaceKeywords } from './in-place-keywords.ts';
import { itemKeywords } from './item-keywords.ts';
import { memberKeywords } from './member-keywords.ts';
import { compilePattern } from './pattern.ts';

/** `check` stops at the first fault; `report` finds all. */
export type Mode = 'check' | 'report';

/** After so many schemas an ajv is let go, with all that it remembers of them. */
const schemasPerEngine = 200;

const keywords = [...assertions, ...inPlaceKeywords, ...memberKeywords, ...itemKeywords];

interface Engine {
  readonly ajv: Ajv2020;
  compiled: number;
}

const engines = new Map<Mode, Engine>();

function createPattern(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = compilePattern(pattern);
  // ajv tells patterns apart by their text.
  return { test: (text) => compiled.test(text), toString: () => pattern };
}
createPattern.code = 'compilePattern';

function createEngine(mode: Mode): Engine {
  const reports = mode === 'report';
  const made = new (ajv().Ajv2020)({
    strict: false,
    meta: false,
    validateSchema: false,
    logger: false,
    messages: false,
    ownProperties: true,
    allErrors: reports,
    verbose: reports,
    addUsedSchema: false,
    // Ajv would tidy up the code that it writes. V8 does that better, and a wide schema takes half the time without.
    code: { regExp: createPattern, optimize: false },
  });
  // Ajv2020 insists on both. Its way to gather what was evaluated trusts inherited properties; ours is in `evaluated.ts`.
  made.opts.unevaluated = false;
  made.opts.dynamicRef = false;
  for (const [name, test] of formatTests) made.addFormat(name, test as Format);
  for (const definition of keywords) {
    made.removeKeyword(String(definition.keyword));
    made.addKeyword(definition);
  }
  return { ajv: made, compiled: 0 };
}

/** Compiles an emitted schema to a function. Throws what ajv throws. */
export function generateJudge(emitted: Emitted, mode: Mode): Judge {
  let engine = engines.get(mode);
  if (engine === undefined || engine.compiled >= schemasPerEngine) {
    engine = createEngine(mode);
    engines.set(mode, engine);
  }
  engine.compiled += 1;
  return engine.ajv.compile(emitted) as Judge;
}
