import { ApidoubleError, type JsonPointer } from '../../core/index.ts';
import { compileJsonPath, isJsonPathFault, type JsonPath } from '../json-path.ts';
import { positionsOf } from '../positions.ts';
import { isObject, own, textOf, typeWord } from '../raw.ts';
import type { SourceFile } from '../source-file.ts';

/** An overlay's text, and the name a person knows it by. */
export interface OverlayFile extends Omit<SourceFile, 'dialect'> {
  readonly name: string;
}

/** What an action does to the nodes that its target selects. */
export type Change =
  | { readonly kind: 'remove' }
  | { readonly kind: 'update'; readonly value: unknown }
  | { readonly kind: 'copy'; readonly from: JsonPath };

/** One action of an overlay. */
export interface OverlayAction {
  readonly target: JsonPath;
  /** The target as it was written. */
  readonly written: string;
  readonly change: Change;
  readonly file: OverlayFile;
  /** Where the action stands in its file. */
  readonly pointer: JsonPointer;
}

/**
 * Reads the actions of an overlay. Throws `ERR_OVERLAY`, with line and column, for what the specification does not allow.
 *
 * @see https://spec.openapis.org/overlay/v1.1.0.html
 */
export function readOverlay(file: OverlayFile): OverlayAction[] {
  const version = own(file.root, 'overlay');
  if (!/^1\.[01]\b/.test(String(version))) {
    const seen = version === undefined ? 'has no member "overlay"' : `says that it is version "${version}"`;
    throw refuse(file, '/overlay', `it ${seen}. Give an overlay of version 1.0 or 1.1`);
  }
  const actions = own(file.root, 'actions');
  if (!Array.isArray(actions) || actions.length === 0)
    throw refuse(file, '/actions', 'it has no list of "actions". Give at least one');
  return actions.map((action, index) => readAction(action, file, `/actions/${index}`));
}

function readAction(action: unknown, file: OverlayFile, pointer: JsonPointer): OverlayAction {
  if (!isObject(action)) throw refuse(file, pointer, `the action is ${typeWord(action)}. Give an object`);
  const written = textOf(own(action, 'target'));
  if (written === undefined) throw refuse(file, pointer, 'the action has no "target". Give a JSONPath');
  const target = readPath(written, file, `${pointer}/target`);
  return { target, written, change: changeOf(action, file, pointer), file, pointer };
}

function changeOf(action: object, file: OverlayFile, pointer: JsonPointer): Change {
  if (own(action, 'remove') === true) return { kind: 'remove' };
  const [value, from] = [own(action, 'update'), own(action, 'copy')];
  if (value !== undefined && from !== undefined)
    throw refuse(file, pointer, 'the action has both "update" and "copy". Make two actions of it');
  if (typeof from === 'string') return { kind: 'copy', from: readPath(from, file, `${pointer}/copy`) };
  if (value !== undefined) return { kind: 'update', value };
  throw refuse(file, pointer, 'the action changes nothing. Give "update", "copy" or "remove: true"');
}

function readPath(text: string, file: OverlayFile, pointer: JsonPointer): JsonPath {
  const path = compileJsonPath(text);
  if (isJsonPathFault(path))
    throw refuse(file, pointer, `"${text}" is no JSONPath: ${path.reason}. Write it as RFC 9535 has it`);
  return path;
}

/** The error for a place of an overlay; `what` is the reason and, after a full stop, the remedy. */
export function refuse(file: OverlayFile, pointer: JsonPointer, what: string): ApidoubleError {
  const at = positionsOf(file).find(pointer);
  const location = { uri: file.uri, pointer, file: file.name, ...at };
  const place = `${file.name}:${at.line}:${at.column}`;
  return new ApidoubleError('ERR_OVERLAY', `Cannot apply overlay "${place}": ${what}.`, { location });
}
