/** A JSON Schema of dialect 2020-12 with OpenAPI's own words, after the document was brought to one model. */
export type Schema = boolean | SchemaObject;

/** The names of JSON Schema's types. */
export type TypeName = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'integer' | 'string';

/** OpenAPI's discriminator with its mapping resolved: each value of the property and the branch that it chooses. */
export interface Discriminator {
  readonly propertyName: string;
  /** Implicit names (the component's own) included. The branches are the very objects that stand in oneOf or anyOf. */
  readonly branches: ReadonlyMap<string, Schema>;
  /** 3.2: the branch for a value that no entry names, or for none. */
  readonly defaultBranch?: Schema;
}

/** OpenAPI's XML object. */
export interface XmlHints {
  readonly name?: string;
  readonly namespace?: string;
  readonly prefix?: string;
  /** 3.0's `attribute: true` and `wrapped: true` are brought to these. */
  readonly attribute?: boolean;
  readonly wrapped?: boolean;
  /** 3.2: element, attribute, text, cdata, none. */
  readonly nodeType?: 'element' | 'attribute' | 'text' | 'cdata' | 'none';
}

/**
 * A schema object. References are gone: a schema that two places share is one object in both, so identity means
 * "the same component". A schema that contains itself holds a `Recursion` at the inner place (see `follow`).
 */
export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly multipleOf?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly contentEncoding?: string;
  readonly contentMediaType?: string;
  readonly contentSchema?: Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly unevaluatedItems?: Schema;
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly unevaluatedProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, Schema>>;
  readonly maxProperties?: number;
  readonly minProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly deprecated?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly examples?: readonly unknown[];
  /** OpenAPI's own singular example. */
  readonly example?: unknown;
  readonly discriminator?: Discriminator;
  readonly xml?: XmlHints;
  /** A faker method (`internet.email`), or one with its arguments. */
  readonly 'x-faker'?: unknown;
  readonly [extension: `x-${string}`]: unknown;
}

/** The one place where a reference survives the load: inside the schema that it names. */
export interface Recursion extends SchemaObject {
  readonly $ref: string;
}

const target: unique symbol = Symbol('target of the recursion');

/** Makes the inner place of a recursive schema. `getTarget` may be called once the outer schema is complete. */
export function createRecursion($ref: string, getTarget: () => Schema): Recursion {
  const node = { $ref };
  Object.defineProperty(node, target, { value: getTarget, enumerable: false });
  return node;
}

/** The schema itself, or, for the inner place of a recursive one, the outer schema that it stands for. */
export function follow(schema: Schema): Schema {
  if (typeof schema === 'boolean' || schema.$ref === undefined) return schema;
  const getTarget = (schema as { [target]?: () => Schema })[target];
  return getTarget === undefined ? schema : getTarget();
}

/**
 * The null that 3.0's `nullable` lets in beside allOf, anyOf or oneOf: people mean it, the letter of the specification
 * does not. So a judge takes it, and a generator makes it only where nothing else can be made.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#schema-object
 */
export const doubtfulNull: SchemaObject = Object.freeze({ type: 'null' });

/** The types that a schema's own `type` allows, or `undefined` where it says nothing. */
export function typesOf(schema: SchemaObject): readonly TypeName[] | undefined {
  if (schema.type === undefined) return undefined;
  return typeof schema.type === 'string' ? [schema.type] : schema.type;
}
