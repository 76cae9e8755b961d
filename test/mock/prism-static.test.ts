import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/mock/index.ts';
import { prismDocument } from './prism-document.ts';

async function ask(path: string, ignoreExamples = false): Promise<Response> {
  const mock = await createMock({ document: prismDocument, seed: 1, source: 'static', ignoreExamples });
  return mock.fetch(new Request(`http://mock.test${path}`));
}

describe('static values', () => {
  it('are Prism’s', async () => {
    const response = await ask('/static');
    expect(await response.json()).toEqual({
      text: 'string',
      longer: 'stringst',
      shorter: 'str',
      whole: 0,
      number: 0,
      least: 3,
      most: -2,
      yes: true,
      moment: '2019-08-24T14:15:22Z',
      day: '2019-08-24',
      time: '14:15:22Z',
      email: 'user@example.com',
      uri: 'http://example.com',
      hostname: 'example.com',
      ipv4: '192.168.0.1',
      preset: 'by default',
      exemplary: 'by example',
      choice: 'first',
      one: ['string'],
      three: [0, 0, 0],
    });
  });

  it('in XML stand in the root <xml> unless the schema names one', async () => {
    const plain = await ask('/xml-plain');
    expect(await plain.text()).toContain('<xml><name>string</name>');
    const named = await ask('/xml-named');
    expect(await named.text()).toContain('<pet><name>string</name>');
  });

  it('stand in for examples only where there are none, or they are to be ignored', async () => {
    expect(await (await ask('/pets')).json()).toEqual({ name: 'cat' });
    expect(await (await ask('/pets', true)).json()).toMatchObject({ name: 'string' });
  });
});
