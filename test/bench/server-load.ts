import { connect, type Socket } from 'node:net';

const body = JSON.stringify({
  action: 'login',
  app: 'authentik.events',
  context: { ip: '10.0.0.1' },
  client_ip: '::1',
});
const question = Buffer.from(
  `POST /events/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
);

/** Keeps connections busy, one request at a time on each, and counts the answers. Each answer must come in one piece. */
export async function drive(
  port: number,
  connections: number,
  seconds: number,
): Promise<{ count: number; elapsed: number }> {
  const tally = { count: 0, over: false };
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const start = performance.now();
  for (const socket of sockets) keepBusy(socket, tally);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  tally.over = true;
  const elapsed = (performance.now() - start) / 1000;
  for (const socket of sockets) socket.destroy();
  return { count: tally.count, elapsed };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.on('error', reject);
  });
}

function keepBusy(socket: Socket, tally: { count: number; over: boolean }): void {
  socket.on('data', (piece) => {
    if (piece[piece.length - 1] !== 125) return;
    tally.count += 1;
    if (!tally.over) socket.write(question);
  });
  socket.write(question);
}
