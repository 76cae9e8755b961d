import { negotiate } from '../../../src/http/accept.ts';
import {
  type HttpRequest,
  type HttpResponse,
  noBody,
  splitTarget,
  type Target,
} from '../../../src/http/index.ts';
import { type Operation, readOperations } from '../document.ts';
import { createJudge, directed, type Judge } from '../schema-judge.ts';
import { type Amendment, amend } from './amendments.ts';
import { empty, Refusal } from './answer.ts';
import { listBooks } from './book-list.ts';
import { createBook, deleteBook, getBook, patchBook, replaceBook } from './books.ts';
import type { Call, Handler } from './call.ts';
import { uploadCover } from './cover.ts';
import { type Authenticate, authenticate } from './credentials.ts';
import { findShelves, getStatus, readFeed } from './house.ts';
import { createNote, deleteNote, getNote, listNotes } from './notes.ts';
import { type BodyOptions, type Judged, readJudgedBody, readValues } from './read-request.ts';
import { createRoom, type Room, type RoomOptions } from './room.ts';

/** How a server differs from the plain one. */
export interface ReferenceOptions extends BodyOptions {
  readonly room?: RoomOptions;
  /** Where it judges requests otherwise than the document says. */
  readonly amendments?: readonly Amendment[];
  /** Handlers put around the server's own. */
  readonly around?: Readonly<Record<string, (handler: Handler) => Handler>>;
  readonly authenticate?: Authenticate;
  /** Takes query keys that the document does not know. */
  readonly takesUnknownKeys?: boolean;
  /** Answers 404, not 403, where a thing is somebody else's. */
  readonly hidesOthers?: boolean;
}

/** A server in memory. */
export interface ReferenceServer {
  readonly target: Target;
  /** Makes everything as it was before the first request. */
  reset(): void;
}

const handlers: Readonly<Record<string, Handler>> = {
  getStatus,
  listBooks,
  createBook,
  getBook,
  replaceBook,
  patchBook,
  deleteBook,
  uploadCover,
  listNotes,
  createNote,
  getNote,
  deleteNote,
  findShelves,
  readFeed,
};

const documented: readonly Operation[] = [...readOperations().values()];

/**
 * Makes the server that keeps every promise of fixtures/selftest/openapi.yaml. What it answers depends on the requests it got
 * since its last reset and on nothing else; it shares no code with what it is there to prove.
 */
export function createReferenceServer(options: ReferenceOptions = {}): ReferenceServer {
  const routes = documented.map((operation) =>
    createRoute(amend(operation, options.amendments ?? []), options),
  );
  let room = createRoom(options.room);
  return {
    target: (request) => answer(request, { routes, room, options }),
    reset: () => {
      room = createRoom(options.room);
    },
  };
}

interface Route extends Judged {
  readonly produces: readonly string[];
  readonly handler: Handler;
}

interface House {
  readonly routes: readonly Route[];
  readonly room: Room;
  readonly options: ReferenceOptions;
}

function createRoute(operation: Operation, options: ReferenceOptions): Route {
  const judges = judgesOf(operation);
  const produces =
    [...operation.responses].find(([status]) => status.startsWith('2'))?.[1].content.keys() ?? [];
  const around = options.around?.[operation.id] ?? ((handler) => handler);
  const handler = handlers[operation.id];
  if (handler === undefined) throw new Error(`Cannot serve ${operation.id}: it has no handler.`);
  const pattern = new RegExp(`^${operation.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]*)')}$`);
  return { operation, pattern, judges, produces: [...produces], handler: around(handler) };
}

const compiled = new WeakMap<Operation, ReadonlyMap<string, Judge>>();

/** Schemas are compiled once for all servers that do not amend them. */
function judgesOf(operation: Operation): ReadonlyMap<string, Judge> {
  const known = compiled.get(operation);
  if (known !== undefined) return known;
  const judges = new Map<string, Judge>();
  for (const { in: where, name, schema } of operation.parameters) {
    judges.set(`${where}.${name}`, createJudge(schema));
  }
  for (const [type, schema] of operation.body ?? []) {
    judges.set(type, createJudge(directed(schema, 'request')));
  }
  compiled.set(operation, judges);
  return judges;
}

async function answer(request: HttpRequest, house: House): Promise<HttpResponse> {
  const response = await answerOrRefusal(request, house);
  return request.method === 'HEAD' ? { ...response, body: noBody } : response;
}

async function answerOrRefusal(request: HttpRequest, house: House): Promise<HttpResponse> {
  try {
    return await route(request, house);
  } catch (error) {
    if (error instanceof Refusal) return error.response;
    throw error;
  }
}

/** The life of a request: found, let in, read, judged, handled. */
async function route(request: HttpRequest, house: House): Promise<HttpResponse> {
  const { path, query } = splitTarget(request.target);
  const onPath = house.routes.filter(({ pattern }) => pattern.test(path));
  if (onPath.length === 0) throw new Refusal(404, 'There is nothing at this path.');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = onPath.find(({ operation }) => operation.method === method);
  if (found === undefined) return otherMethod(request, onPath);
  const who = (house.options.authenticate ?? authenticate)(request, found.operation);
  const accepted = accept(request, found);
  const values = readValues({ request, path, query }, found, house.options.takesUnknownKeys ?? false);
  if (accepted !== undefined) values.set('accepted', accepted);
  const body = found.operation.body === undefined ? undefined : readJudgedBody(request, found, house.options);
  return found.handler(callOf({ request, values, body, who }, { found, house }));
}

function callOf(
  read: Pick<Call, 'request' | 'values' | 'body' | 'who'>,
  at: { found: Route; house: House },
): Call {
  const { house, found } = at;
  const hidesOthers = house.options.hidesOthers ?? false;
  return { ...read, operation: found.operation, room: house.room, hidesOthers };
}

function otherMethod(request: HttpRequest, onPath: readonly Route[]): HttpResponse {
  const methods = onPath.map(({ operation }) => operation.method);
  const Allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (request.method === 'OPTIONS') return empty(204, { Allow });
  throw new Refusal(405, `This path knows ${Allow}.`, { Allow });
}

function accept(request: HttpRequest, { produces }: Route): string | undefined {
  if (produces.length === 0) return undefined;
  const chosen = negotiate(request.headers.get('accept'), produces);
  if (chosen === undefined) throw new Refusal(406, `The answer is ${produces.join(' or ')}.`);
  return chosen;
}
