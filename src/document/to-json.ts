import type {
  ApiDocument,
  ApiOperation,
  EncodingObject,
  ExampleObject,
  LinkObject,
  MediaTypeObject,
  ParameterObject,
  ResponseObject,
  ServerObject,
} from './api-document.ts';
import { methodNames } from './grammar.ts';
import { entriesOf, own } from './raw.ts';
import { isFault, type References } from './references.ts';
import { SchemaWriter } from './schema-json.ts';
import type { Schemas } from './schemas.ts';
import { descend, type Located } from './source-file.ts';
import { swaggerSchemes } from './swagger-security.ts';

type Json = Record<string, unknown>;

/** What a document is written from. */
export interface Written {
  readonly document: ApiDocument;
  readonly references: References;
  readonly schemas: Schemas;
  readonly root: Located;
}

/**
 * The whole document as plain JSON of OpenAPI 3.1 (3.2 where it has what only that knows), in one piece: schemas keep
 * their references to components, all else is written in place. Disabled operations are left out.
 */
export function toJson({ document, references, schemas, root }: Written): unknown {
  const writer = new SchemaWriter(schemas);
  reserveComponents(writer, root);
  const paths = pathsOf(document.operations, writer);
  const webhooks = pathsOf(document.webhooks, writer);
  const components = { schemas: writer.components(), securitySchemes: securityOf(root, references) };
  const whole = {
    openapi: '3.1.0',
    info: own(root.value, 'info') ?? document.info,
    servers: document.servers.map(serverJson),
    tags: own(root.value, 'tags'),
    paths,
    webhooks: Object.keys(webhooks).length === 0 ? undefined : webhooks,
    components,
    ...document.extensions,
  };
  const text = JSON.stringify(whole);
  const plain = JSON.parse(text) as Json;
  if (isNewer(document)) plain.openapi = '3.2.0';
  return plain;
}

function reserveComponents(writer: SchemaWriter, root: Located): void {
  const swagger = root.file.dialect === '2.0';
  const place = swagger ? descend(root, 'definitions') : descend(root, 'components', 'schemas');
  for (const [name] of entriesOf(place.value)) {
    try {
      writer.reserve(name, descend(place, name));
    } catch {
      // A component with a broken reference: who uses it is disabled, and the fault is told.
    }
  }
}

function isNewer({ operations, webhooks }: ApiDocument): boolean {
  return [...operations, ...webhooks].some(
    ({ method }) => !methodNames.includes(method.toLowerCase()) || method === 'QUERY',
  );
}

function pathsOf(operations: readonly ApiOperation[], writer: SchemaWriter): Record<string, Json> {
  const paths: Record<string, Json> = Object.create(null);
  for (const operation of operations) {
    const written = tryOperation(operation, writer);
    if (written === undefined) continue;
    const item = Object.hasOwn(paths, operation.path) ? (paths[operation.path] as Json) : {};
    paths[operation.path] = item;
    const name = operation.method.toLowerCase();
    if (methodNames.includes(name) && operation.method === name.toUpperCase()) item[name] = written;
    else item.additionalOperations = { ...(item.additionalOperations ?? {}), [operation.method]: written };
  }
  return paths;
}

function tryOperation(operation: ApiOperation, writer: SchemaWriter): Json | undefined {
  try {
    return operationJson(operation, writer);
  } catch {
    // It is disabled, and why is among the document's faults.
    return undefined;
  }
}

function operationJson(operation: ApiOperation, writer: SchemaWriter): Json {
  const { operationId, key, summary, description, tags, deprecated, requestBody, callbacks } = operation;
  return {
    operationId: key === operationId ? operationId : undefined,
    summary,
    description,
    tags: tags.length === 0 ? undefined : tags,
    deprecated: deprecated || undefined,
    servers: operation.servers.map(serverJson),
    security: operation.security.map((requirement) => recordOf(requirement, (scopes) => scopes)),
    parameters: operation.parameters.map((one) => ({
      name: one.name,
      in: one.in,
      ...parameterJson(one, writer),
    })),
    requestBody: requestBody && {
      description: requestBody.description,
      required: requestBody.required,
      content: contentJson(requestBody.content, writer),
    },
    responses: recordOf(operation.responses, (response) => responseJson(response, writer)),
    callbacks:
      callbacks.size === 0
        ? undefined
        : recordOf(callbacks, (expressions) => recordOf(expressions, (inner) => hookJson(inner, writer))),
    ...operation.extensions,
  };
}

function hookJson(operations: readonly ApiOperation[], writer: SchemaWriter): unknown {
  return Object.values(pathsOf(operations, writer))[0] ?? {};
}

function responseJson(response: ResponseObject, writer: SchemaWriter): Json {
  const { description, headers, content, links } = response;
  return {
    description,
    headers: unlessEmpty(headers, (header) => parameterJson(header, writer)),
    content: content.size === 0 ? undefined : contentJson(content, writer),
    links: unlessEmpty(links, linkJson),
  };
}

function linkJson(link: LinkObject): Json {
  const parameters = recordOf(link.parameters, (value) => value);
  return { operationId: link.operation, parameters, requestBody: link.requestBody };
}

function parameterJson(parameter: ParameterObject, writer: SchemaWriter): Json {
  const { content, schema } = parameter;
  const value =
    content === undefined
      ? { style: parameter.style, explode: parameter.explode, schema: writer.write(schema) }
      : { content: contentJson(new Map([[content.mediaType, content]]), writer) };
  return {
    description: parameter.description,
    required: parameter.required || undefined,
    deprecated: parameter.deprecated || undefined,
    allowEmptyValue: parameter.allowEmptyValue || undefined,
    allowReserved: parameter.allowReserved || undefined,
    ...value,
    ...examplesJson(parameter.examples),
  };
}

function contentJson(content: ReadonlyMap<string, MediaTypeObject>, writer: SchemaWriter): Json {
  return recordOf(content, (media) => ({
    schema: media.schema === undefined ? undefined : writer.write(media.schema),
    itemSchema: media.itemSchema === undefined ? undefined : writer.write(media.itemSchema),
    ...examplesJson(media.examples),
    encoding: unlessEmpty(media.encoding, (one) => encodingJson(one, writer)),
    prefixEncoding: media.prefixEncoding?.map((one) => encodingJson(one, writer)),
    itemEncoding: media.itemEncoding && encodingJson(media.itemEncoding, writer),
  }));
}

function encodingJson(encoding: EncodingObject, writer: SchemaWriter): Json {
  const { contentType, headers, style, explode, allowReserved } = encoding;
  return {
    contentType: contentType?.join(', '),
    headers: unlessEmpty(headers, (header) => parameterJson(header, writer)),
    style,
    explode,
    allowReserved,
  };
}

function examplesJson(examples: ReadonlyMap<string, ExampleObject>): Json {
  const named = new Map([...examples].filter(([name]) => name !== ''));
  return {
    example: examples.get('')?.value,
    examples: unlessEmpty(named, ({ summary, value, serializedValue, externalValue }) => ({
      summary,
      value,
      serializedValue,
      externalValue,
    })),
  };
}

function serverJson({ url, description, name, variables }: ServerObject): Json {
  return { url, description, name, variables: unlessEmpty(variables, (variable) => variable) };
}

function securityOf(root: Located, references: References): Json {
  if (root.file.dialect === '2.0') return swaggerSchemes(own(root.value, 'securityDefinitions'));
  const place = descend(root, 'components', 'securitySchemes');
  const schemes: Json = Object.create(null);
  for (const [name] of entriesOf(place.value)) {
    const end = references.final(descend(place, name));
    if (!isFault(end)) schemes[name] = end.value;
  }
  return schemes;
}

function unlessEmpty<Value>(
  map: ReadonlyMap<string, Value>,
  write: (value: Value) => unknown,
): Json | undefined {
  return map.size === 0 ? undefined : recordOf(map, write);
}

function recordOf<Value>(map: ReadonlyMap<string, Value>, write: (value: Value) => unknown): Json {
  const record: Json = Object.create(null);
  for (const [key, value] of map) record[key] = write(value);
  return record;
}
