import { follow, type Schema, type XmlHints } from '../../schema/index.ts';
import { itemSchema, propertySchema } from '../shape/projection.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import { xmlName } from './xml-name.ts';

/** Where the value of a property stands in its object's element. */
export type Placement = 'element' | 'attribute' | 'text' | 'cdata' | 'inline' | 'list' | 'wrapped';

/** A schema as XML needs it. Inner plans are made on first use. */
export interface XmlPlan {
  readonly shape: Shape;
  readonly hints: XmlHints;
  /** For a list: of its items. */
  item(): XmlPlan;
  property(name: string): XmlPlan;
  readonly required: ReadonlySet<string>;
  /** The nodes of properties whose names hold a prefix (`dc:date`), which counts there and nowhere else. */
  prefixed(): ReadonlySet<string>;
}

const plans = new WeakMap<object, XmlPlan>();

/** The plan of a schema; made once per schema object. */
export function xmlPlanOf(schema: Schema): XmlPlan {
  if (typeof schema === 'boolean') return makePlan(schema);
  const known = plans.get(schema);
  if (known !== undefined) return known;
  const made = makePlan(schema);
  plans.set(schema, made);
  return made;
}

function makePlan(schema: Schema): XmlPlan {
  let item: XmlPlan | undefined;
  let rest: XmlPlan | undefined;
  let prefixed: ReadonlySet<string> | undefined;
  const shape = shapeOf(schema);
  const properties = new Map<string, XmlPlan>();
  const planOf = (name: string): XmlPlan => xmlPlanOf(propertySchema(schema, name));
  const plan: XmlPlan = {
    shape,
    hints: hintsOf(schema, new Set()),
    required: requiredOf(schema, new Set()),
    item: () => {
      item ??= xmlPlanOf(itemSchema(schema, 0));
      return item;
    },
    property: (name) => {
      if (!shape.isDeclared(name)) {
        rest ??= planOf(name);
        return rest;
      }
      const known = properties.get(name) ?? planOf(name);
      properties.set(name, known);
      return known;
    },
    prefixed: () => {
      prefixed ??= new Set(
        shape.names.map((name) => nodeName(name, plan.property(name))).filter((node) => node.includes(':')),
      );
      return prefixed;
    },
  };
  return plan;
}

/** A schema's own XML object, completed from the parts that it is made of. */
function hintsOf(schema: Schema, seen: Set<Schema>): XmlHints {
  const real = follow(schema);
  if (typeof real === 'boolean' || seen.has(real)) return {};
  seen.add(real);
  let hints: XmlHints = real.xml ?? {};
  for (const part of real.allOf ?? []) hints = { ...hintsOf(part, seen), ...hints };
  for (const branches of [real.anyOf ?? [], real.oneOf ?? []]) {
    const hinted = branches
      .map((branch) => hintsOf(branch, seen))
      .filter((one) => Object.keys(one).length > 0);
    if (hinted.length === 1) hints = { ...hinted[0], ...hints };
  }
  return hints;
}

function requiredOf(schema: Schema, seen: Set<Schema>): Set<string> {
  const real = follow(schema);
  if (typeof real === 'boolean' || seen.has(real)) return new Set();
  seen.add(real);
  const names = new Set(real.required ?? []);
  for (const part of real.allOf ?? []) for (const name of requiredOf(part, seen)) names.add(name);
  return names;
}

/**
 * Where a property stands.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#xml-object
 * @see https://spec.openapis.org/oas/v3.2.0.html#xml-node-types
 */
function placementOf({ shape, hints }: XmlPlan): Placement {
  const type = hints.nodeType ?? (hints.attribute === true ? 'attribute' : undefined);
  if (type === 'attribute' || type === 'text' || type === 'cdata') return type;
  if (isList(shape)) return hints.wrapped === true || type === 'element' ? 'wrapped' : 'list';
  return type === 'none' && shape.takesObject ? 'inline' : 'element';
}

/** The same for a property by its name: where nothing else is said, `#text` means what many converters mean by it. */
export function placementIn(name: string, plan: XmlPlan): Placement {
  const isText = name === '#text' && plan.hints.name === undefined && plan.shape.takesText;
  const placement = placementOf(plan);
  return isText && placement === 'element' ? 'text' : placement;
}

/** Whether a value is meant to be a list, as far as that can be told without it. */
export function isList(shape: Shape): boolean {
  return shape.takesArray && !shape.isFree && !shape.takesText && !shape.takesObject;
}

/** The name of the element or attribute of a property; of an unwrapped list that of each item. */
export function nodeName(name: string, plan: XmlPlan): string {
  const hinted = placementOf(plan) === 'list' ? plan.item().hints.name : plan.hints.name;
  return xmlName(hinted ?? name);
}

/** The name of each item inside a wrapping element: without one of its own, the wrapping element's. */
export function wrappedItemName(wrapper: string, plan: XmlPlan): string {
  const { name } = plan.item().hints;
  return name === undefined ? wrapper : xmlName(name);
}
