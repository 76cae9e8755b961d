import type { ApiOperation, ServerObject } from '../document/index.ts';

/** Path variables by name, still percent-encoded. It has no prototype that a name could hit. */
export type RawPathParameters = Readonly<Record<string, string>>;

/** An operation of the document that answers the request. */
export interface FoundRoute {
  readonly kind: 'found';
  readonly operation: ApiOperation;
  readonly rawPathParameters: RawPathParameters;
  /** As sent, without its `?`. */
  readonly query: string;
  /** The server whose base path the request has; `undefined` where it came without one. */
  readonly server: ServerObject | undefined;
  /** A HEAD request that a GET operation answers. */
  readonly head: boolean;
}

/** The path is there, and nothing declares OPTIONS for it. */
export interface OptionsRoute {
  readonly kind: 'options';
  readonly allow: readonly string[];
  /** The template, or `*`. */
  readonly path: string;
}

/** The path is there, without the method. */
export interface MethodNotAllowedRoute {
  readonly kind: 'method-not-allowed';
  /** Methods of every template that fits; HEAD beside GET, and OPTIONS. */
  readonly allow: readonly string[];
  /** The best template that fits. */
  readonly path: string;
}

/** No template fits. */
export interface NotFoundRoute {
  readonly kind: 'not-found';
  readonly nearest?: NearestPath;
}

/** The path of the document that is most like the one that was asked for. */
export interface NearestPath {
  /** With the base path: `/api/v3/events/events/{event_uuid}/`. */
  readonly path: string;
  readonly methods: readonly string[];
  /** Half a sentence on the first difference: `"event" is written "events"`. */
  readonly reason: string;
}

/** What came of looking for a request's operation; `kind` tells which. */
export type RouteMatch = FoundRoute | OptionsRoute | MethodNotAllowedRoute | NotFoundRoute;
