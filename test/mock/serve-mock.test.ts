import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { type MockOptions, serveMock } from '../../src/mock/index.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Dogs', version: '1' },
  paths: { '/dog': { get: { operationId: 'getDog', responses: { 200: { description: 'A dog.' } } } } },
};

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** Options that are looked at while the mock is being built: then `meanwhile` is called. */
function optionsWith(meanwhile: () => MockOptions['handlers']): MockOptions {
  const options = { document };
  return Object.defineProperty(options, 'handlers', { get: meanwhile });
}

it('answers what was asked for before the mock was whole', async () => {
  const port = await freePort();
  let early: Promise<Response> | undefined;
  const options = optionsWith(() => {
    early ??= fetch(`http://127.0.0.1:${port}/dog`);
    return { getDog: () => ({ status: 200, body: 'Rex' }) };
  });
  const { mock, server } = await serveMock(options, { port });
  expect(server.port).toBe(port);
  expect(await (await early)?.text()).toBe('Rex');
  await mock.close();
  await expect(fetch(`${server.url}/dog`)).rejects.toThrow();
});

it('closes the port again where the mock cannot be made', async () => {
  const port = await freePort();
  const options = optionsWith(() => ({ getCat: () => ({ status: 200 }) }));
  await expect(serveMock(options, { port })).rejects.toThrow(/"getCat"/);
  await expect(fetch(`http://127.0.0.1:${port}/dog`)).rejects.toThrow();
});

it('says that a port is taken', async () => {
  const { mock, server } = await serveMock({ document }, { port: 0 });
  await expect(serveMock({ document }, { port: server.port })).rejects.toMatchObject({
    code: 'ERR_PORT_IN_USE',
  });
  await mock.close();
});
