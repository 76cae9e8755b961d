import type { ApiOperation } from '../../document/index.ts';
import { follow, type Schema, type SchemaObject } from '../../schema/index.ts';
import { allowsType, plainName } from './properties.ts';
import { allPropertiesOf } from './property-path.ts';

/** What an action does to a property of the thing that it acts on. */
export interface Effect {
  readonly property: string;
  /** What it is set to; `now`: the time of the action, as the property writes it. */
  readonly to: { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'now' };
}

/**
 * What the name of an action says that it does: `/articles/{id}/publish` sets `is_published`, a `status` that can be `published` and
 * `published_at`; `unpublish`, or DELETE of the same, takes it back. Empty where no property has such a name.
 */
export function effectsOf({ method, path }: ApiOperation, item: Schema | undefined): readonly Effect[] {
  const verb = /\}\/([a-z]{3,})\/*$/.exec(path)?.[1];
  if (verb === undefined || method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return [];
  const undone = undoneBy(verb);
  const isUndone = method === 'DELETE';
  const done = donesOf(verb);
  const opposite = undone === undefined ? new Set<string>() : donesOf(undone);
  return [...allPropertiesOf(item)].flatMap(([property, schema]) => {
    const node = follow(schema);
    if (typeof node === 'boolean') return [];
    const effect =
      effectOn(property, node, { done, isUndone }) ??
      effectOn(property, node, { done: opposite, isUndone: !isUndone });
    return effect === undefined ? [] : { property, to: effect };
  });
}

interface Doing {
  /** What a thing is called after it was done: `published`. */
  readonly done: ReadonlySet<string>;
  /** Whether that is taken back. */
  readonly isUndone: boolean;
}

function effectOn(property: string, node: SchemaObject, { done, isUndone }: Doing): Effect['to'] | undefined {
  const name = plainName(property);
  if (node.type === 'boolean')
    return done.has(name.replace(/^is/, '')) || done.has(name)
      ? { kind: 'value', value: !isUndone }
      : undefined;
  if (/(?:status|state|phase|stage)$/.test(name) && node.enum !== undefined) {
    const member = node.enum.find((one) => typeof one === 'string' && done.has(plainName(one)));
    return member === undefined || isUndone ? undefined : { kind: 'value', value: member };
  }
  const isTime = node.format === 'date-time' || node.format === 'date';
  if (!isTime || !done.has(name.replace(/(?:at|on|date|time)$/, '').replace(/^date/, ''))) return undefined;
  if (!isUndone) return { kind: 'now' };
  return allowsType(node, 'null') && node.type !== undefined ? { kind: 'value', value: null } : undefined;
}

const irregular: Readonly<Record<string, string>> = {
  hide: 'hidden',
  send: 'sent',
  pay: 'paid',
  freeze: 'frozen',
};

/** What was published is `published`, what was activated `activated` or `active`, what was cancelled `canceled` too. */
function donesOf(verb: string): ReadonlySet<string> {
  const last = verb.slice(-1);
  return new Set([
    irregular[verb] ?? `${verb}ed`,
    `${verb}d`,
    `${verb}${last}ed`,
    verb.replace(/y$/, 'ied'),
    ...(/ate$/.test(verb) ? [verb.replace(/ate$/, 'e')] : []),
  ]);
}

/** What a verb undoes: `unpublish` and `publish`, `deactivate` and `activate`, `disable` and `enable`, both ways. */
function undoneBy(verb: string): string | undefined {
  if (verb === 'disable') return 'enable';
  if (verb === 'enable') return 'disable';
  return /^(?:un|de)([a-z]{3,})$/.exec(verb)?.[1];
}
