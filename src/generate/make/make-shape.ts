import type { GeneratorOptions } from '../generator.ts';
import { fail, type Make } from '../run.ts';
import type { Shape } from '../shape/shape.ts';
import { compileJudge } from './judge.ts';
import { type Kit, nearNames } from './kit.ts';
import { compileFork } from './make-fork.ts';
import { compileLeaf } from './make-leaf.ts';
import { compileStatic } from './make-static.ts';

const kits = new Map<string, Kit>();

/** The kit for generators of these options; its makers live as long as the schemas that they are for. */
export function kitOf(options: GeneratorOptions): Kit {
  const fillProperties = options.fillProperties ?? options.direction === 'response';
  const key = `${options.source} ${fillProperties} ${options.locale ?? ''}`;
  const known = kits.get(key);
  if (known !== undefined) return known;
  const kit: Kit = {
    source: options.source,
    fillProperties,
    made: new WeakMap(),
    plans: new WeakMap(),
    make: (shape, names) => makerOf(kit, shape, names),
  };
  kits.set(key, kit);
  return kit;
}

function makerOf(kit: Kit, shape: Shape, names: readonly string[]): Make {
  let makers = kit.made.get(shape);
  if (makers === undefined) {
    makers = new Map();
    kit.made.set(shape, makers);
  }
  const near = nearNames(names);
  const key = near.join('\n');
  const known = makers.get(key);
  if (known !== undefined) return known;
  const inner = compileInner(kit, shape, near);
  const made = kit.source === 'static' ? compileStatic(shape, inner, near) : inner;
  const judged = compileJudge(shape, made);
  if (makers.size < 1_000) makers.set(key, judged);
  return judged;
}

/** The maker of a shape, not judged: a value that construction does not prove sets `run.uncertain`. */
function compileInner(kit: Kit, shape: Shape, names: readonly string[], isForOneTry = false): Make {
  if (shape.conjunction.impossible !== undefined) {
    const reason = shape.conjunction.impossible;
    return (run) => fail(run, reason, true);
  }
  if (shape.leaf !== undefined) return compileLeaf(kit, shape, shape.leaf, names);
  return compileFork(shape, (branch, once) => compileInner(kit, branch, names, once), isForOneTry);
}
