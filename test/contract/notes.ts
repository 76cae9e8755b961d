import {
  HeaderList,
  type HttpRequest,
  type HttpResponse,
  noBody,
  type Target,
} from '../../src/http/index.ts';

const json = (schema: object) => ({ description: '.', content: { 'application/json': { schema } } });
const reference = { $ref: '#/components/schemas/Note' };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } };

/** A small API with a life, whose document can be changed before it is used. */
export function notesDocument(change: (document: Record<string, never>) => void = () => {}): object {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Note: {
          type: 'object',
          required: ['id', 'text'],
          properties: {
            id: { type: 'integer', readOnly: true },
            text: { type: 'string', minLength: 1, maxLength: 60 },
            stars: { type: 'integer', minimum: 0, maximum: 5 },
          },
        },
      },
    },
    paths: {
      '/notes': {
        get: {
          operationId: 'listNotes',
          responses: { 200: json({ type: 'array', items: reference }), 401: { description: 'Who?' } },
        },
        post: {
          operationId: 'createNote',
          requestBody: { required: true, content: { 'application/json': { schema: reference } } },
          responses: { 201: json(reference), 400: { description: 'No.' }, 401: { description: 'Who?' } },
        },
      },
      '/notes/{id}': {
        parameters: [id],
        get: {
          operationId: 'getNote',
          responses: { 200: json(reference), 401: { description: 'Who?' }, 404: { description: 'None.' } },
        },
        delete: {
          operationId: 'deleteNote',
          responses: {
            204: { description: 'Gone.' },
            401: { description: 'Who?' },
            404: { description: 'None.' },
          },
        },
      },
    },
  };
  change(document as never);
  return document;
}

/** A note as the server keeps it. */
export interface Note {
  readonly id: number;
  readonly text: string;
  readonly stars?: number;
}

/** Lets in who has the token. */
export function withToken(token: string): (request: HttpRequest) => boolean {
  return ({ headers }) => headers.get('authorization') === `Bearer ${token}`;
}

/** A server of the document in memory. */
export interface NotesServer {
  readonly target: Target;
  readonly notes: Map<number, Note>;
  /** Every request that came, in order. */
  readonly seen: HttpRequest[];
}

/** Keeps the document; `mayPass` says who is let in: by default who has the token `right`. */
export function notesServer(mayPass: (request: HttpRequest) => boolean = withToken('right')): NotesServer {
  const notes = new Map<number, Note>();
  const seen: HttpRequest[] = [];
  let last = 0;
  const target: Target = async (request) => {
    seen.push(request);
    if (!mayPass(request)) return answer(401, undefined, { 'WWW-Authenticate': 'Bearer' });
    const path = request.target.split('?')[0] ?? '';
    if (path === '/notes') {
      if (request.method === 'GET') return answer(200, [...notes.values()]);
      if (request.method !== 'POST') return answer(405, undefined, { Allow: 'GET, POST' });
      const sent = readNote(request);
      if (sent === undefined) return answer(400);
      last += 1;
      const note = { id: last, ...sent };
      notes.set(last, note);
      return answer(201, note);
    }
    const note = notes.get(Number(/^\/notes\/([1-9]\d{0,8})$/.exec(path)?.[1]));
    if (note === undefined) return answer(404);
    if (request.method === 'GET') return answer(200, note);
    if (request.method !== 'DELETE') return answer(405, undefined, { Allow: 'GET, DELETE' });
    notes.delete(note.id);
    return answer(204);
  };
  return { target, notes, seen };
}

function readNote({ body, headers }: HttpRequest): Omit<Note, 'id'> | undefined {
  if (!/^application\/json\b/.test(headers.get('content-type') ?? '')) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { text, stars } = value as { text?: unknown; stars?: unknown };
    if (typeof text !== 'string' || text === '' || [...text].length > 60) return undefined;
    if (stars === undefined) return { text };
    const isGood = typeof stars === 'number' && Number.isInteger(stars) && stars >= 0 && stars <= 5;
    return isGood ? { text, stars } : undefined;
  } catch {
    return undefined;
  }
}

/** An answer with a JSON body, or with none. */
export function answer(
  status: number,
  value?: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const body = value === undefined ? noBody : Buffer.from(JSON.stringify(value));
  const type = value === undefined ? [] : [['Content-Type', 'application/json'] as const];
  return { status, headers: HeaderList.from([...Object.entries(headers), ...type]), body };
}
