import { describe, expect, it } from 'vitest';
import { writeRequest } from '../../../src/contract/sending/write-request.ts';
import { loadDocument } from '../../../src/document/index.ts';
import { compilePlan, type OperationPlan } from '../../../src/plan/index.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        parameters: [
          { name: 'size', in: 'query', schema: { type: 'integer' } },
          { name: 'where', in: 'query', style: 'deepObject', explode: true, schema: { type: 'object' } },
        ],
        responses: { 200: { description: '.' } },
      },
    },
  },
};
const to = { origin: 'http://127.0.0.1:1', basePath: '' };

async function planOf(): Promise<OperationPlan> {
  const loaded = await loadDocument(document);
  const [operation] = loaded.operations;
  if (operation === undefined) throw new Error('the document has an operation');
  return compilePlan(loaded).compile(operation);
}

describe('a request of values that may break the document', () => {
  it('is written as texts where a codec refuses a value', async () => {
    const request = writeRequest(await planOf(), { query: { size: { apidouble: true } } }, to);
    expect(request?.target).toBe('/things?apidouble=true');
  });

  it('is not there where no codec carries the value, as a text neither', async () => {
    expect(writeRequest(await planOf(), { query: { where: 'a text' } }, to)).toBeUndefined();
  });

  it('is no refusal where writing fails by a fault of ours', async () => {
    const plan = await planOf();
    const faulty = plan.parameters.map((one) => ({
      ...one,
      codec: {
        ...one.codec,
        encode: (): string => {
          throw new TypeError('a bug');
        },
      },
    }));
    const write = () => writeRequest({ ...plan, parameters: faulty }, { query: { size: 1 } }, to);
    expect(write).toThrow('a bug');
  });
});
