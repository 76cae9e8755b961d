import { randomUUID } from 'node:crypto';
import {
  HeaderList,
  type HttpRequest,
  type HttpResponse,
  problem,
  splitTarget,
  type Target,
} from '../../src/http/index.ts';
import { editHeader, editMember } from './breach/edit.ts';
import { readOperations } from './document.ts';
import { changing } from './faults/around.ts';
import { leastBook } from './messages.ts';
import type { Handler } from './server/call.ts';
import { keepBook } from './server/room.ts';
import { createReferenceServer, type ReferenceOptions } from './server/serve.ts';

/** A server that keeps the document and is unlike the plain one all the same: whoever finds a fault in it raises a false alarm. */
export interface Variant {
  readonly name: string;
  /** What is unusual, and why it is right. */
  readonly because: string;
  readonly create: () => Target;
  /** A run takes longer here; goals of time do not hold. */
  readonly isSlow?: true;
}

const served = (options: ReferenceOptions) => (): Target => createReferenceServer(options).target;

const open = {
  map: (value: unknown) => ({ ...Object(value), extra: { of: 'the server' }, _links: [] }),
} as const;

/** Changes every answer on its way out. */
function onTheWayOut(edit: (response: HttpResponse, request: HttpRequest) => HttpResponse): () => Target {
  return () => {
    const { target } = createReferenceServer();
    return async (request) => edit(await target(request), request);
  };
}

/** Waits before each answer. */
function slowBy(milliseconds: number): () => Target {
  return () => {
    const { target } = createReferenceServer();
    return async (request) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return target(request);
    };
  };
}

/** Refuses each nth request, which may be sent again at once. */
function limitedTo(each: number): () => Target {
  return () => {
    const { target } = createReferenceServer();
    let count = 0;
    return async (request) => {
      count += 1;
      const isKnown = documented.some((pattern) => pattern.test(splitTarget(request.target).path));
      return isKnown && count % each === 0 ? problem(429, {}, [['Retry-After', '0']]) : target(request);
    };
  };
}

const documented = [...readOperations().values()].map(
  ({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
);

/** Every documented path is answered with a redirect to the same path with a slash, where the thing is. */
function slashed(): Target {
  const { target } = createReferenceServer();
  return async (request) => {
    const { path, query } = splitTarget(request.target);
    const rest = query === '' ? '' : `?${query}`;
    if (path.endsWith('/')) return target({ ...request, target: path.slice(0, -1) + rest });
    if (!documented.some((pattern) => pattern.test(path))) return target(request);
    return { status: 308, headers: new HeaderList(['Location', `${path}/${rest}`]), body: Buffer.alloc(0) };
  };
}

/** While somebody asks for a list, somebody else adds a book to it, or changes one. */
function busy(): Target {
  let count = 0;
  const meanwhile = (handler: Handler): Handler => {
    return (call) => {
      count += 1;
      const { room } = call;
      const isbn = `979-${String(9_000_000_000 + count)}`;
      if (count % 20 === 0)
        keepBook(room, room.nextBookId(), { ...leastBook, title: `Somebody's ${count}`, isbn });
      return handler(call);
    };
  };
  return createReferenceServer({ around: { listBooks: meanwhile, getBook: meanwhile } }).target;
}

/** The newest book first, where no order is asked for. */
function newestFirst(): Target {
  const turned = (handler: Handler): Handler => {
    return (call) => {
      const books = new Map([...call.room.seen().books].reverse());
      const state = { ...call.room.state, books };
      return handler({ ...call, room: { ...call.room, seen: () => state } });
    };
  };
  return createReferenceServer({ around: { listBooks: turned } }).target;
}

/** Header fields in small letters, a charset where there need be none, and fields of the server's own. */
function dressed(response: HttpResponse): HttpResponse {
  const flat: string[] = ['server', 'room/1', 'vary', 'accept', 'x-content-type-options', 'nosniff'];
  for (const [name, value] of response.headers) {
    const isJson = name.toLowerCase() === 'content-type' && value.endsWith('json');
    flat.push(name.toLowerCase(), isJson ? `${value}; charset=UTF-8` : value);
  }
  return { ...response, headers: new HeaderList(flat) };
}

/** Locations with scheme and host. */
function absolute(response: HttpResponse, request: HttpRequest): HttpResponse {
  const location = response.headers.get('location');
  if (location === undefined) return response;
  const host = request.headers.get('host');
  return editHeader(
    response,
    'Location',
    (host === undefined ? request.origin : `http://${host}`) + location,
  );
}

/** Without what the document does not promise; a title and a status are all that a problem must have. */
function terse(response: HttpResponse): HttpResponse {
  if (response.status < 400) return response;
  return ['type', 'detail'].reduce((one, at) => editMember(one, at, { drop: true }), response);
}

/** The servers on which nothing may be found. */
export const variants: readonly Variant[] = [
  {
    name: 'extra fields',
    because: 'the schemas of pages, problems and the status are open',
    create: served({
      around: {
        getStatus: changing('', open),
        listBooks: changing('', open),
        listNotes: changing('', open),
        findShelves: changing('', open),
      },
    }),
  },
  {
    name: 'unknown keys',
    because: 'nobody has promised to refuse a query key that the document does not know',
    create: served({ takesUnknownKeys: true }),
  },
  {
    name: 'numbers as text',
    because: 'a number in quotes can be read as that number',
    create: served({ takesNumbersAsText: true }),
  },
  {
    name: 'others hidden',
    because: "a 404 says of what is somebody else's no more than it must",
    create: served({ hidesOthers: true }),
  },
  {
    name: 'empty',
    because: 'a list may have nothing in it',
    create: served({ room: { empty: true } }),
  },
  {
    name: 'rate limits',
    because: 'the document knows 429, and Retry-After says when to come again',
    create: limitedTo(25),
    isSlow: true,
  },
  { name: 'slow', because: 'nothing is promised about time', create: slowBy(20), isSlow: true },
  {
    name: 'random ids',
    because: 'an id is a UUID, whichever',
    create: served({ room: { newBookId: randomUUID } }),
  },
  {
    name: 'eventual consistency',
    because: 'what was written is read 200 ms later, and until then the old is',
    create: served({ room: { lag: 200 } }),
    isSlow: true,
  },
  {
    name: 'slash redirects',
    because: 'the document knows 308, and the thing is where the Location says',
    create: slashed,
  },
  {
    name: '400 for bodies',
    because: 'the document knows both 400 and 422, and a client can tell neither from its words',
    create: served({ bodyRefusal: 400 }),
  },
  {
    name: 'busy',
    because: 'there are other clients: lists grow between two requests',
    create: busy,
  },
  { name: 'newest first', because: 'without an ordering any order is right', create: newestFirst },
  {
    name: 'dressed up',
    because: 'names of header fields have no case, and UTF-8 is what JSON is in',
    create: onTheWayOut(dressed),
  },
  {
    name: 'absolute locations',
    because: 'a URI is a URI reference',
    create: onTheWayOut(absolute),
  },
  { name: 'terse', because: 'a problem must have a title and a status, no more', create: onTheWayOut(terse) },
];
