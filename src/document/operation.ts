import type { Finding, Origin } from '../core/index.ts';
import type {
  ApiOperation,
  Extensions,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
  SecurityRequirement,
  ServerObject,
} from './api-document.ts';
import { parameterPlaces, readParameter, undeclaredVariable } from './parameter.ts';
import { entriesOf, freezeDeep, isObject, listOf, own, textOf, textsOf } from './raw.ts';
import { type Reading, resolve } from './reading.ts';
import { readRequestBody, readResponse } from './response.ts';
import { descend, type Located, originAt } from './source-file.ts';
import { readSwaggerBody, readSwaggerResponse, swaggerTypes } from './swagger-body.ts';

/** What the walk over the paths knows of an operation. */
export interface OperationFacts {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly place: Located;
  /** The path's own parameters, in one list or, where the path item refers to another, several. */
  readonly shared: readonly Located[];
  readonly servers: readonly ServerObject[];
  readonly security: readonly SecurityRequirement[];
  /** The names of the path's variables. */
  readonly variables: readonly string[];
  readonly getFault: (operation: OperationFacts) => Finding | undefined;
}

type Callbacks = ApiOperation['callbacks'];

/** One operation, whose parts are made on first use and kept. */
export class LazyOperation implements ApiOperation {
  readonly key: string;
  readonly operationId?: string;
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly servers: readonly ServerObject[];
  readonly security: readonly SecurityRequirement[];
  readonly extensions: Extensions;
  readonly #facts: OperationFacts;
  readonly #reading: Reading;
  #origin: Origin | undefined;
  #parameters: readonly ParameterObject[] | undefined;
  #requestBody: { readonly value: RequestBodyObject | undefined } | undefined;
  #responses: ReadonlyMap<string, ResponseObject> | undefined;
  #callbacks: Callbacks | undefined;
  #fault: { readonly value: Finding | undefined } | undefined;

  constructor(facts: OperationFacts, reading: Reading, correction?: object) {
    const raw = facts.place.value;
    this.#facts = facts;
    this.#reading = reading;
    this.key = facts.key;
    this.method = facts.method;
    this.path = facts.path;
    this.servers = facts.servers;
    this.security = facts.security;
    this.tags = textsOf(own(raw, 'tags'));
    this.deprecated = own(raw, 'deprecated') === true;
    this.extensions = corrected(extensionsOf(raw), correction);
    const operationId = textOf(own(raw, 'operationId'));
    const summary = textOf(own(raw, 'summary'));
    const description = textOf(own(raw, 'description'));
    if (operationId !== undefined) this.operationId = operationId;
    if (summary !== undefined) this.summary = summary;
    if (description !== undefined) this.description = description;
  }

  get origin(): Origin {
    this.#origin ??= originAt(this.#facts.place);
    return this.#origin;
  }

  get disabledBy(): Finding | undefined {
    this.#fault ??= { value: this.#facts.getFault(this.#facts) };
    return this.#fault.value;
  }

  get parameters(): readonly ParameterObject[] {
    this.#parameters ??= Object.freeze(this.#readParameters());
    return this.#parameters;
  }

  get requestBody(): RequestBodyObject | undefined {
    this.#requestBody ??= { value: this.#readBody() };
    return this.#requestBody.value;
  }

  get responses(): ReadonlyMap<string, ResponseObject> {
    this.#responses ??= this.#readResponses();
    return this.#responses;
  }

  get callbacks(): Callbacks {
    this.#callbacks ??= this.#readCallbacks();
    return this.#callbacks;
  }

  /** The raw parameters, the operation's first, each (in, name) once. */
  #rawParameters(): Located[] {
    const found = new Map<string, Located>();
    for (const list of [descend(this.#facts.place, 'parameters'), ...this.#facts.shared]) {
      listOf(list.value).forEach((_, index) => {
        const place = resolve(this.#reading, descend(list, index));
        const name = textOf(own(place.value, 'name'));
        const where = textOf(own(place.value, 'in'));
        if (name === undefined || where === undefined) return;
        const key = `${where} ${where === 'header' ? name.toLowerCase() : name}`;
        if (!found.has(key)) found.set(key, place);
      });
    }
    return [...found.values()];
  }

  #readParameters(): ParameterObject[] {
    const { variables, place } = this.#facts;
    const wanted = this.#rawParameters().filter((one) => isOfUse(one, variables));
    const parameters = wanted.map((one) => readParameter(this.#reading, one));
    for (const name of variables) {
      const declared = parameters.some((parameter) => parameter.in === 'path' && parameter.name === name);
      if (!declared) parameters.push(undeclaredVariable(name, place));
    }
    return parameters;
  }

  #readBody(): RequestBodyObject | undefined {
    const { place } = this.#facts;
    if (place.file.dialect === '2.0') {
      return readSwaggerBody(this.#reading, this.#rawParameters(), swaggerTypes(place, 'consumes'));
    }
    const body = descend(place, 'requestBody');
    return isObject(body.value) ? readRequestBody(this.#reading, body) : undefined;
  }

  #readResponses(): ReadonlyMap<string, ResponseObject> {
    const { place } = this.#facts;
    const isSwagger = place.file.dialect === '2.0';
    const produces = isSwagger ? swaggerTypes(place, 'produces') : [];
    const responses = new Map<string, ResponseObject>();
    const list = descend(place, 'responses');
    for (const [key, value] of entriesOf(list.value)) {
      const status = statusOf(key);
      if (status === undefined || !isObject(value)) continue;
      const response = descend(list, key);
      responses.set(
        status,
        isSwagger
          ? readSwaggerResponse(this.#reading, response, produces)
          : readResponse(this.#reading, response),
      );
    }
    return responses;
  }

  #readCallbacks(): Callbacks {
    const callbacks = new Map<string, ReadonlyMap<string, readonly ApiOperation[]>>();
    const list = descend(this.#facts.place, 'callbacks');
    for (const [name, value] of entriesOf(list.value)) {
      if (!isObject(value)) continue;
      const callback = resolve(this.#reading, descend(list, name));
      const expressions = new Map<string, readonly ApiOperation[]>();
      for (const [expression] of entriesOf(callback.value)) {
        if (expression.startsWith('x-')) continue;
        expressions.set(expression, this.#reading.readCallback(expression, descend(callback, expression)));
      }
      callbacks.set(name, expressions);
    }
    return callbacks;
  }
}

/** The key of a response as the model has it: `200`, `2XX`, `default`; `undefined` for what is none. */
export function statusOf(key: string): string | undefined {
  if (key === 'default') return key;
  return /^[1-5](?:\d\d|[xX][xX])$/.test(key) ? key.toUpperCase() : undefined;
}

/** https://spec.openapis.org/oas/v3.2.0.html#parameter-object: these headers are described elsewhere. */
const ignoredHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

function isOfUse(place: Located, variables: readonly string[]): boolean {
  const where = own(place.value, 'in');
  const name = String(own(place.value, 'name'));
  if (!parameterPlaces.has(where)) return false;
  if (where === 'path') return variables.includes(name);
  return where !== 'header' || !ignoredHeaders.has(name.toLowerCase());
}

/** The `x-…` members of an object. */
export function extensionsOf(raw: unknown): Extensions {
  const extensions: Record<`x-${string}`, unknown> = {};
  if (!isObject(raw)) return extensions;
  for (const key of Object.keys(raw)) if (isExtension(key)) extensions[key] = freezeDeep(raw[key]);
  return Object.freeze(extensions);
}

/** What is said of an operation from outside comes before what the document says. */
function corrected(extensions: Extensions, given: object | undefined): Extensions {
  if (given === undefined) return extensions;
  const own = extensions['x-apidouble'];
  return Object.freeze({
    ...extensions,
    'x-apidouble': freezeDeep({ ...(isObject(own) ? own : {}), ...given }),
  });
}

function isExtension(key: string): key is `x-${string}` {
  return key.startsWith('x-');
}
