import { appendPointer, type Origin } from '../../core/index.ts';
import type { SelectedNode } from '../json-path.ts';
import { isObject, own, typeWord } from '../raw.ts';
import { type OverlayAction, refuse } from './overlay.ts';
import type { Provenance } from './provenance.ts';

/** A tree of our own that overlays may change in place, and where its parts come from. */
export interface Changing {
  root: unknown;
  readonly provenance: Provenance;
}

/** Does one action to every node that its target selects, and says how many these were. Throws `ERR_OVERLAY`. */
export function applyAction(document: Changing, action: OverlayAction): number {
  const nodes = unique(action.target.select(document.root));
  switch (action.change.kind) {
    case 'remove':
      // From the end, so that no index moves before its turn.
      for (const node of nodes.toReversed()) remove(document, node, action);
      break;
    case 'update': {
      const source = { uri: action.file.uri, pointer: `${action.pointer}/update` };
      for (const node of nodes) change(document, node, { value: action.change.value, source, action });
      break;
    }
    case 'copy': {
      const update = copied(document, action.change.from.select(document.root), action);
      for (const node of nodes) change(document, node, update);
      break;
    }
    default:
      action.change satisfies never;
  }
  return nodes.length;
}

interface Update extends Item {
  readonly action: OverlayAction;
}

function unique(nodes: readonly SelectedNode[]): SelectedNode[] {
  return [...new Map(nodes.map((node) => [node.pointer, node])).values()];
}

/** https://spec.openapis.org/overlay/v1.1.0.html: the source of a copy is exactly one node. */
function copied(document: Changing, found: readonly SelectedNode[], action: OverlayAction): Update {
  const [node] = found;
  if (node === undefined || found.length > 1)
    throw refuse(
      action.file,
      `${action.pointer}/copy`,
      `"copy" selects ${found.length} nodes. Select exactly one`,
    );
  const source = document.provenance.find(document.root, node.pointer);
  return { value: copyOf(node.value), source, action };
}

function remove(document: Changing, { keys }: SelectedNode, { file, pointer }: OverlayAction): void {
  const key = keys.at(-1);
  if (key === undefined)
    throw refuse(file, pointer, 'the document itself cannot be removed. Select a part of it');
  const container = at(document.root, keys.slice(0, -1));
  if (Array.isArray(container)) {
    container.splice(Number(key), 1);
    document.provenance.noteRemoved(container, Number(key));
  } else if (isObject(container)) Reflect.deleteProperty(container, key);
}

function change(document: Changing, { keys, value: node }: SelectedNode, update: Update): void {
  const { value, source, action } = update;
  if (Array.isArray(node)) {
    append(document, node, itemsOf(value, source));
    return;
  }
  if (isObject(node)) {
    if (!isObject(value)) {
      const seen = `"${action.written}" selects an object, and the update is ${typeWord(value)}`;
      throw refuse(action.file, action.pointer, `${seen}. Give an object to merge`);
    }
    merge(document, node, update);
    return;
  }
  const key = keys.at(-1);
  const container = at(document.root, keys.slice(0, -1));
  if (key !== undefined && typeof container === 'object' && container !== null)
    put(document, { container, key }, { value, source });
}

/** Objects are merged member by member, lists joined, anything else replaced. */
function merge(document: Changing, node: object, { value, source, action }: Update): void {
  for (const [key, part] of Object.entries(value as object)) {
    const old = own(node, key);
    const inner: Update = { value: part, source: below(source, key), action };
    if (isObject(old) && isObject(part)) merge(document, old, inner);
    else if (Array.isArray(old) && Array.isArray(part)) append(document, old, itemsOf(part, inner.source));
    else put(document, { container: node, key }, inner);
  }
}

interface Item {
  readonly value: unknown;
  readonly source: Origin;
}

/** What an update adds to a list: each item of a list, or the value itself. */
function itemsOf(value: unknown, source: Origin): Item[] {
  if (!Array.isArray(value)) return [{ value, source }];
  return value.map((item: unknown, index) => ({ value: item, source: below(source, index) }));
}

function append(document: Changing, list: unknown[], items: readonly Item[]): void {
  for (const { value, source } of items)
    put(document, { container: list, key: list.length }, { value, source });
}

function put(
  { provenance }: Changing,
  { container, key }: { readonly container: object; readonly key: string | number },
  { value, source }: Item,
): void {
  // A member may be called `__proto__`.
  Object.defineProperty(container, key, {
    value: copyOf(value),
    enumerable: true,
    writable: true,
    configurable: true,
  });
  provenance.note(container, key, source);
}

function at(root: unknown, keys: readonly (string | number)[]): unknown {
  let value = root;
  for (const key of keys) value = own(value, key);
  return value;
}

function below({ uri, pointer }: Origin, key: string | number): Origin {
  return { uri, pointer: appendPointer(pointer, key) };
}

/** A copy that shares nothing, neither with the value nor within itself. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy = {};
  for (const [key, part] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: copyOf(part),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return copy;
}
