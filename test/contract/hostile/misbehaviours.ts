import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { answer, json, type Misbehave, pourOut } from './raw-server.ts';

/** What a run has to say of a server. */
export type Verdict =
  /** Nothing is wrong with it. */
  | 'clean'
  /** A finding of one of these checks, and of no other. */
  | { readonly finding: readonly string[] }
  /** No finding, and what was not seen counts as undecided. */
  | 'inconclusive';

export interface Misbehaviour {
  readonly name: string;
  readonly serve: Misbehave;
  readonly verdict: Verdict;
}

const good = '{"name":"a thing"}';
const goodAnswer = json(good);

/** Writes one answer to each request, and keeps the connection. A HEAD is answered without its body. */
function always(bytes: Buffer | string): Misbehave {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  return (socket, { method }) => {
    const end = whole.indexOf('\r\n\r\n');
    socket.write(method === 'HEAD' && end !== -1 ? whole.subarray(0, end + 4) : whole);
  };
}

/** The same, and the connection ends behind it. */
function thenEnd(bytes: Buffer | string): Misbehave {
  const write = always(bytes);
  return (socket, request) => {
    write(socket, request);
    socket.end();
  };
}

function head(...fields: readonly string[]): string {
  return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...fields, '', ''].join('\r\n');
}

function chunked(body: string): string {
  return `${head('Transfer-Encoding: chunked')}${body}`;
}

const answerBroken: Verdict = { finding: ['exchange.answer'] };
const wireBroken: Verdict = { finding: ['exchange.wire'] };
const bodyBroken: Verdict = { finding: ['exchange.body'] };

/** Zeros that are a few kilobytes on the wire and 200 MB behind it. */
const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20), { level: 9 });

const connections: readonly Misbehaviour[] = [
  { name: 'a reset before the answer', serve: (socket) => socket.resetAndDestroy(), verdict: answerBroken },
  { name: 'an end before the answer', serve: (socket) => socket.end(), verdict: answerBroken },
  { name: 'an end within the head', serve: thenEnd('HTTP/1.1 200 OK\r\nContent-Ty'), verdict: answerBroken },
  {
    name: 'a reset within the body',
    serve: (socket) => socket.write(`${head('Content-Length: 100')}{"na`, () => socket.resetAndDestroy()),
    verdict: answerBroken,
  },
  { name: 'an end within a chunk', serve: thenEnd(chunked('20\r\n{"name"')), verdict: answerBroken },
  {
    name: 'an end before the last chunk',
    serve: thenEnd(chunked(`12\r\n${good}\r\n`)),
    verdict: answerBroken,
  },
  { name: 'no answer', serve: () => undefined, verdict: 'inconclusive' },
  {
    name: 'a head that comes byte by byte',
    serve(socket) {
      socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
      const timer = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(timer));
    },
    verdict: 'inconclusive',
  },
  {
    name: 'a body that comes byte by byte',
    serve(socket) {
      socket.write(`${head('Content-Length: 100000')}{"name":"`);
      const timer = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(timer));
    },
    verdict: 'inconclusive',
  },
];

const floods: readonly Misbehaviour[] = [
  {
    name: 'a body without end',
    serve(socket) {
      socket.write(chunked(''));
      pourOut(socket, Buffer.from(`10000\r\n${'a'.repeat(65_536)}\r\n`));
    },
    verdict: 'inconclusive',
  },
  {
    name: 'a body of 100 MB',
    serve(socket, { method }) {
      socket.write(head('Content-Length: 104857600'));
      if (method !== 'HEAD') pourOut(socket, Buffer.alloc(1_048_576, 0x20));
    },
    verdict: 'inconclusive',
  },
  {
    name: 'headers without end',
    serve(socket) {
      socket.write('HTTP/1.1 200 OK\r\n');
      pourOut(socket, Buffer.from(`X-More: ${'a'.repeat(1000)}\r\n`));
    },
    verdict: answerBroken,
  },
  {
    name: 'interim answers without end',
    serve: (socket) => pourOut(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(500))),
    verdict: 'inconclusive',
  },
  {
    name: 'three interim answers',
    serve: always(
      `${'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(3)}${goodAnswer.toString('latin1')}`,
    ),
    verdict: 'clean',
  },
];

const framing: readonly Misbehaviour[] = [
  {
    name: 'a chunk size that is no number',
    serve: always(chunked(`zz\r\n${good}\r\n0\r\n\r\n`)),
    verdict: answerBroken,
  },
  {
    name: 'a chunk longer than it says',
    serve: always(chunked(`3\r\n${good}\r\n0\r\n\r\n`)),
    verdict: answerBroken,
  },
  {
    name: 'a Content-Length that is too long',
    serve: thenEnd(`${head('Content-Length: 99')}${good}`),
    verdict: answerBroken,
  },
  {
    name: 'a Content-Length that is too short',
    serve: thenEnd(`${head('Content-Length: 5')}${good}`),
    verdict: { finding: ['exchange.answer', 'exchange.body'] },
  },
  {
    name: 'two Content-Lengths',
    serve: always(`${head('Content-Length: 18', 'Content-Length: 5')}${good}`),
    verdict: answerBroken,
  },
  {
    name: 'a Content-Length that is no number',
    serve: always(`${head('Content-Length: many')}${good}`),
    verdict: answerBroken,
  },
  {
    name: 'a Content-Length beside chunks',
    serve: always(`${head('Content-Length: 18', 'Transfer-Encoding: chunked')}12\r\n${good}\r\n0\r\n\r\n`),
    verdict: answerBroken,
  },
  { name: 'a status line that is none', serve: always(`HTP/9 fine\r\n\r\n${good}`), verdict: answerBroken },
  {
    name: 'a status that is no number',
    serve: always(`HTTP/1.1 abc OK\r\n\r\n${good}`),
    verdict: answerBroken,
  },
  { name: 'HTTP/0.9', serve: thenEnd(good), verdict: answerBroken },
  { name: 'another protocol', serve: thenEnd('SSH-2.0-OpenSSH_9.7\r\n'), verdict: answerBroken },
  {
    name: 'a NUL in a header',
    serve: always(`${head('X-Bad: a\0b', 'Content-Length: 18')}${good}`),
    verdict: answerBroken,
  },
  {
    name: 'a header name with a blank',
    serve: always(`${head('X Bad: a', 'Content-Length: 18')}${good}`),
    verdict: answerBroken,
  },
  {
    name: 'a header of Latin-1',
    serve: always(`${head('X-Name: Zo\u00eb', 'Content-Length: 18')}${good}`),
    verdict: 'clean',
  },
  {
    name: 'a trailer and a chunk extension',
    serve: always(chunked(`12;a=b\r\n${good}\r\n0\r\nX-Trailer: 1\r\n\r\n`)),
    verdict: 'clean',
  },
  {
    name: 'HTTP/1.0 that ends with the connection',
    serve: thenEnd(`HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n${good}`),
    verdict: 'clean',
  },
  {
    name: 'two answers to one request',
    serve: always(Buffer.concat([goodAnswer, json('[1]')])),
    verdict: answerBroken,
  },
];

const codings: readonly Misbehaviour[] = [
  {
    name: 'gzip of a text with a charset',
    serve: always(
      answer(
        '200 OK',
        ['Content-Type: application/json; charset=utf-8', 'Content-Encoding: gzip'],
        gzipSync('{"name":"Zoë"}'),
      ),
    ),
    verdict: 'clean',
  },
  { name: 'gzip', serve: always(json(gzipSync(good), ['Content-Encoding: gzip'])), verdict: 'clean' },
  {
    name: 'brotli',
    serve: always(json(brotliCompressSync(good), ['Content-Encoding: br'])),
    verdict: 'clean',
  },
  {
    name: 'deflate',
    serve: always(json(deflateSync(good), ['Content-Encoding: deflate'])),
    verdict: 'clean',
  },
  {
    name: 'two codings',
    serve: always(json(brotliCompressSync(gzipSync(good)), ['Content-Encoding: gzip, br'])),
    verdict: 'clean',
  },
  {
    name: 'a coding that is not known',
    serve: always(json('(zstd)', ['Content-Encoding: zstd'])),
    verdict: 'inconclusive',
  },
  { name: 'gzip that is none', serve: always(json(good, ['Content-Encoding: gzip'])), verdict: wireBroken },
  {
    name: 'gzip that breaks off',
    serve: always(json(gzipSync(good).subarray(0, 20), ['Content-Encoding: gzip'])),
    verdict: wireBroken,
  },
  { name: 'a gzip bomb', serve: always(json(bomb, ['Content-Encoding: gzip'])), verdict: 'inconclusive' },
];

const texts: readonly Misbehaviour[] = [
  {
    name: 'bytes that are no UTF-8',
    serve: always(json(Buffer.from([...Buffer.from('{"name":"'), 0xff, 0xfe, 0x22, 0x7d]))),
    verdict: bodyBroken,
  },
  {
    name: 'arrays 100,000 deep',
    serve: always(json(`{"name":"a","deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)),
    verdict: bodyBroken,
  },
  {
    name: 'numbers beyond all bounds',
    serve: always(json(`{"name":"a","count":1e999,"more":${'9'.repeat(5_000)}}`)),
    verdict: bodyBroken,
  },
  {
    name: 'keys of prototypes',
    serve: always(json('{"name":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')),
    verdict: 'clean',
  },
  { name: 'a key twice', serve: always(json('{"name":"a","name":"b"}')), verdict: wireBroken },
  { name: 'a NUL in a text', serve: always(json('{"name":"a\0b"}')), verdict: bodyBroken },
  { name: 'a byte order mark', serve: always(json(`\u{feff}${good}`)), verdict: wireBroken },
  {
    name: 'another charset than it says',
    serve: always(answer('200 OK', ['Content-Type: application/json; charset=utf-16le'], good)),
    verdict: wireBroken,
  },
  {
    name: 'a charset that there is not',
    serve: always(answer('200 OK', ['Content-Type: application/json; charset=klingon'], good)),
    verdict: { finding: ['exchange.wire', 'exchange.body'] },
  },
  {
    name: 'a page for people',
    serve: always(answer('200 OK', ['Content-Type: text/html'], '<title>Welcome</title>')),
    verdict: { finding: ['exchange.media-type'] },
  },
  {
    name: 'a page for people that says it is JSON',
    serve: always(json('<title>Welcome</title>')),
    verdict: bodyBroken,
  },
  {
    name: 'nothing at all',
    serve: always(json('')),
    verdict: { finding: ['exchange.body', 'exchange.media-type'] },
  },
  {
    name: 'a media type that is none',
    serve: always(answer('200 OK', ['Content-Type: ;;;'], good)),
    verdict: { finding: ['exchange.media-type'] },
  },
];

const redirects: readonly Misbehaviour[] = [
  {
    name: 'a redirect to itself',
    serve: (socket, { target }) => socket.write(answer('302 Found', [`Location: ${target}`], '')),
    verdict: { finding: ['exchange.status'] },
  },
  {
    name: 'a redirect that goes on and on',
    serve: (socket, { target }) =>
      socket.write(answer('307 Temporary Redirect', [`Location: ${target}x`], '')),
    verdict: { finding: ['exchange.status'] },
  },
  {
    name: 'a redirect to nowhere',
    serve: always(answer('302 Found', ['Location: http://['], '')),
    verdict: { finding: ['exchange.status'] },
  },
];

/** Everything that a server can do on the wire, each with what a run has to make of it. */
export const misbehaviours: readonly Misbehaviour[] = [
  ...connections,
  ...floods,
  ...framing,
  ...codings,
  ...texts,
  ...redirects,
];
