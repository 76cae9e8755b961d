import type { XmlHints } from '../../schema/index.ts';
import { isRecord } from '../own-data.ts';
import { plainText } from '../parameter/plain-text.ts';
import { prefixNamespace, prefixOf, withoutPrefix } from './xml-name.ts';
import { nodeName, placementIn, wrappedItemName, type XmlPlan } from './xml-plan.ts';
import { instanceNamespace } from './xml-read.ts';
import { maxXmlDepth, notXml } from './xml-tree.ts';

/** Where the writing is: the prefixes that are bound there, and how deep it is. */
interface Scope {
  readonly prefixes: ReadonlyMap<string, string>;
  readonly depth: number;
}

/** The scope of the root. */
export const rootScope: Scope = { prefixes: new Map(), depth: 0 };

/** An element in the making. */
interface Draft {
  attributes: string;
  content: string;
}

/** Writes a value as one element. Throws `ERR_CODEC` for what XML has no form for. */
export function writeElement(name: string, value: unknown, plan: XmlPlan, scope: Scope): string {
  if (scope.depth > maxXmlDepth) throw notXml(`it is nested deeper than ${maxXmlDepth} levels`);
  const { qualified, declaration, inner } = bind(name, plan.hints, scope);
  const draft: Draft = { attributes: declaration, content: '' };
  if (value === null) draft.attributes += ` xmlns:xsi="${instanceNamespace}" xsi:nil="true"`;
  else if (Array.isArray(value)) draft.content = writeItems(wrappedItemName(name, plan), value, plan, inner);
  else if (isRecord(value)) writeMembers(value, plan, { draft, scope: inner });
  else draft.content = escapeText(plainText(value));
  if (draft.content === '') return `<${qualified}${draft.attributes}/>`;
  return `<${qualified}${draft.attributes}>${draft.content}</${qualified}>`;
}

/** A prefix counts where its namespace is known, here or around. @see https://www.w3.org/TR/xml-names/ */
function bind(
  name: string,
  hints: XmlHints,
  { prefixes, depth }: Scope,
): { qualified: string; declaration: string; inner: Scope } {
  const named = prefixOf(name);
  if (named !== undefined) return bindNamed(name, named, { namespace: hints.namespace, prefixes, depth });
  const { prefix, namespace } = hints;
  const bound = prefixes.get(prefix ?? '');
  const uri = namespace ?? (prefix === undefined ? undefined : bound);
  if (uri === undefined) return { qualified: name, declaration: '', inner: { prefixes, depth: depth + 1 } };
  const qualified = prefix === undefined ? name : `${prefix}:${name}`;
  const inner = { prefixes: new Map(prefixes).set(prefix ?? '', uri), depth: depth + 1 };
  if (uri === bound) return { qualified, declaration: '', inner };
  const declared = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  return { qualified, declaration: ` ${declared}="${escapeAttribute(uri)}"`, inner };
}

/** A prefix that is a part of the name needs a namespace, and most documents give none. */
function bindNamed(
  name: string,
  prefix: string,
  { namespace, prefixes, depth }: Scope & { readonly namespace: string | undefined },
): { qualified: string; declaration: string; inner: Scope } {
  const bound = prefixes.get(prefix);
  const uri = namespace ?? bound ?? `${prefixNamespace}${prefix}`;
  const inner = { prefixes: new Map(prefixes).set(prefix, uri), depth: depth + 1 };
  const isKnown = uri === bound || prefix === 'xml';
  return { qualified: name, declaration: isKnown ? '' : ` xmlns:${prefix}="${escapeAttribute(uri)}"`, inner };
}

function writeItems(name: string, items: readonly unknown[], plan: XmlPlan, scope: Scope): string {
  return items.map((item) => writeElement(name, item, plan.item(), scope)).join('');
}

interface Place {
  readonly draft: Draft;
  readonly scope: Scope;
}

function writeMembers(value: Readonly<Record<string, unknown>>, plan: XmlPlan, place: Place): void {
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const property = plan.property(name);
    const node = plan.shape.isDeclared(name) ? nodeName(name, property) : withoutPrefix(name);
    writeMember({ name, node, value: member }, property, place);
  }
}

interface Member {
  readonly name: string;
  readonly node: string;
  readonly value: unknown;
}

function writeMember({ name, node, value: member }: Member, plan: XmlPlan, { draft, scope }: Place): void {
  switch (placementIn(name, plan)) {
    case 'attribute':
      writeAttribute(node, member, plan, { draft, scope });
      return;
    case 'text':
      draft.content += escapeText(plainText(member));
      return;
    case 'cdata':
      draft.content += `<![CDATA[${plainText(member).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
      return;
    case 'inline':
      if (!isRecord(member)) throw notXml(`"${name}" has no element of its own, so it is an object`);
      writeMembers(member, plan, { draft, scope });
      return;
    case 'wrapped':
      draft.content += writeElement(node, member, plan, scope);
      return;
    default:
      draft.content += Array.isArray(member)
        ? writeItems(node, member, plan, scope)
        : writeElement(node, member, plan, scope);
  }
}

function writeAttribute(node: string, member: unknown, { hints }: XmlPlan, { draft, scope }: Place): void {
  const { qualified, declaration } =
    hints.prefix === undefined && prefixOf(node) === undefined
      ? { qualified: node, declaration: '' }
      : bind(node, hints, scope);
  draft.attributes += `${declaration} ${qualified}="${escapeAttribute(plainText(member))}"`;
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (one) => references[one] ?? one);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (one) => references[one] ?? one);
}
