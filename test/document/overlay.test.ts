import { describe, expect, it } from 'vitest';
import { isApidoubleError } from '../../src/core/index.ts';
import { type ApiDocument, loadDocument } from '../../src/document/index.ts';

const shop = `openapi: 3.1.0
info: { title: Shop, version: '1' }
tags:
  - name: old
  - name: kept
  - name: last
paths:
  /things:
    get:
      operationId: listThings
      summary: Things
      parameters:
        - { name: page, in: query, schema: { type: integer } }
        - { name: dummy, in: query, schema: { type: string } }
        - { name: size, in: query, schema: { type: integer } }
      responses:
        '200': { description: OK }
  /things/{id}:
    delete:
      operationId: deleteThing
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '204': { description: Gone }
`;

function overlay(actions: string, version = '1.1.0'): string {
  return `overlay: ${version}\ninfo: { title: Changes, version: '1' }\nactions:\n${actions}`;
}

async function load(...overlays: string[]): Promise<ApiDocument> {
  const texts = new Map(
    [shop, ...overlays].map((text, index) => [
      `http://docs.test/${index === 0 ? 'shop' : `o${index}`}`,
      text,
    ]),
  );
  const [document, ...others] = [...texts.keys()] as [string, ...string[]];
  const fetch = async (url: unknown): Promise<Response> => new Response(texts.get(String(url)));
  return loadDocument(document, { fetch, overlays: others });
}

async function json(...overlays: string[]): Promise<Record<string, unknown>> {
  return (await load(...overlays)).toJSON() as Record<string, unknown>;
}

describe('an overlay', () => {
  it('merges objects, joins lists, appends one item, and replaces what is neither', async () => {
    const document = await load(
      overlay(`
  - target: $.info
    update: { title: Changed, x-new: { deep: [1] } }
  - target: $.info
    update: { x-new: { deep: [2], more: yes } }
  - target: $.tags
    update: { name: appended }
  - target: $.tags
    update: [{ name: joined }]
  - target: $.paths['/things'].get.summary
    update: Replaced`),
    );
    expect(document.info.title).toBe('Changed');
    expect(document.toJSON()).toMatchObject({ info: { 'x-new': { deep: [1, 2], more: 'yes' } } });
    expect(document.tags.map(({ name }) => name)).toEqual(['old', 'kept', 'last', 'appended', 'joined']);
    expect(document.operations[0]?.summary).toBe('Replaced');
    expect(document.faults).toEqual([]);
  });

  it('removes members and items, all that a target selects, and goes on with what is left', async () => {
    const document = await load(
      overlay(`
  - target: $.paths.*.get.parameters[?@.name == 'dummy' || @.name == 'page']
    remove: true
  - target: $.paths['/things/{id}']
    remove: true
    update: { ignored: true }`),
      overlay(`
  - target: $.tags[0]
    remove: true
  - target: $.tags[0]
    update: { name: renamed }`),
    );
    expect(document.operations.map(({ key }) => key)).toEqual(['listThings']);
    expect(document.operations[0]?.parameters.map(({ name }) => name)).toEqual(['size']);
    expect(document.tags.map(({ name }) => name)).toEqual(['renamed', 'last']);
  });

  it('copies one place to others', async () => {
    const document = await load(
      overlay(`
  - target: $.paths
    update: { /copies: {} }
  - target: $.paths['/copies']
    copy: $.paths['/things']
  - target: $.paths['/copies'].get
    update: { operationId: listCopies }`),
    );
    expect(document.operations.map(({ key }) => key)).toEqual(['listThings', 'deleteThing', 'listCopies']);
    expect(document.operations[2]?.parameters).toHaveLength(3);
  });

  it('may name members that every object has', async () => {
    const made = await json(
      overlay(`
  - target: $.info
    update: { x-data: { "__proto__": { polluted: true }, constructor: 1 } }`),
    );
    const { 'x-data': data } = made.info as Record<string, Record<string, unknown>>;
    expect(Object.keys(data ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('leaves an object that was given in code as it was', async () => {
    const document = { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: {} };
    const changes = { overlay: '1.0.0', actions: [{ target: '$.info', update: { title: 'B' } }] };
    const loaded = await loadDocument(document, { overlays: [changes] });
    expect([loaded.info.title, document.info.title]).toEqual(['B', 'A']);
  });

  it('is where a finding about what it wrote points to, and moved items keep their line', async () => {
    const document = await load(
      overlay(`
  - target: $.paths['/things'].get.parameters[0]
    remove: true
  - target: $.paths['/things'].get
    update:
      summary: New`),
    );
    const { uri } = document;
    const at = (pointer: string) => {
      const { file, line } = document.locate({ uri, pointer });
      return `${file.split('/').at(-1)}:${line}`;
    };
    const get = '/paths/~1things/get';
    expect(at(`${get}/operationId`)).toBe('shop:10');
    expect(at(`${get}/summary`)).toBe('o1:9');
    expect(at(`${get}/parameters/0`)).toBe('shop:14');
    expect(at(`${get}/parameters/1/schema`)).toBe('shop:15');
  });

  it('that selects nothing is a warning with its line', async () => {
    const document = await load(
      overlay(`\n  - target: $.paths['/thing'].get\n    update: { deprecated: true }`),
    );
    const [fault] = document.faults;
    expect(fault).toMatchObject({
      code: 'document.overlay',
      severity: 'warning',
      seen: "$.paths['/thing'].get",
    });
    expect(fault?.origin && document.locate(fault.origin)).toMatchObject({
      line: 5,
      uri: 'http://docs.test/o1',
    });
  });

  it('is among the files of the document, so that a watch sees it', async () => {
    const { files } = await load(overlay(`\n  - { target: $.info, update: { title: B } }`));
    expect(files).toEqual(['http://docs.test/shop', 'http://docs.test/o1']);
  });

  it.each([
    ['no version', 'actions: []', 1, 'has no member "overlay"'],
    ['another version', 'overlay: 2.0.0\nactions: []', 1, 'version "2.0.0"'],
    ['no actions', 'overlay: 1.0.0', 1, 'no list of "actions"'],
    ['no target', overlay('  - update: 1'), 4, 'no "target"'],
    ['a target that is no JSONPath', overlay('  - target: $.a[\n    update: 1'), 4, 'is no JSONPath'],
    ['nothing to do', overlay('  - target: $.info'), 4, 'changes nothing'],
    ['two things to do', overlay('  - { target: $.info, update: {}, copy: $.tags }'), 4, 'both'],
    ['a text for an object', overlay('  - { target: $.info, update: text }'), 4, 'selects an object'],
    ['a copy of two places', overlay('  - { target: $.info, copy: "$.tags[*]" }'), 4, 'selects 3 nodes'],
    ['the document removed', overlay('  - { target: $, remove: true }'), 4, 'cannot be removed'],
  ])('with %s is refused with its line', async (_, text, line, reason) => {
    const error = await load(text).catch((thrown: unknown) => thrown);
    expect(isApidoubleError(error) && error.code).toBe('ERR_OVERLAY');
    expect(isApidoubleError(error) && error.location).toMatchObject({ file: 'http://docs.test/o1', line });
    expect(String(error)).toContain(reason);
    expect(String(error)).toMatch(/Cannot apply overlay "http:\/\/docs\.test\/o1:\d+:\d+": .+\. .+\.$/);
  });
});
