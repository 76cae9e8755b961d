import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { loadScenarios, readFault, scenarioSchema, wholeScenarioSchema } from '../../src/scenario/index.ts';
import { shop } from '../mock/shop.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Uses a text as the scenario file of the shop. */
async function use(text: string): Promise<unknown> {
  writeFileSync(join(folder, 'one.yaml'), text);
  return createMock({ document: shop, seed: 1, cwd: folder, scenarios: 'one.yaml' });
}

const rule = (lines: string): string => `rules:\n  - on: createThing\n${lines}`;

describe('scenario files', () => {
  it('are told by place, reason and remedy where they are wrong', async () => {
    const wrong: readonly [text: string, message: string][] = [
      ['rules: [', '"one.yaml:2:1": '],
      ['{}', 'one.yaml:1:1'],
      [rule('    replay: { status: 403 }'), 'one.yaml:3:5": '],
      [rule('    reply: { status: 99 }'), 'one.yaml:3:14'],
      [rule('    reply: { status: 403, colour: red }'), '"one.yaml:3:27": '],
      [
        'rules:\n  - on: nothingLikeIt\n    reply: { status: 403 }',
        'one.yaml:2:5": the document has no operation "nothingLikeIt"',
      ],
      [
        rule("    when: { body: { '$.[': 1 } }\n    reply: { status: 403 }"),
        'one.yaml:3:21": "$.[" is no JSONPath',
      ],
      [
        rule('    when: { query: { page: { minimum: many } } }\n    reply: { status: 403 }'),
        'the JSON Schema is not right: "minimum"',
      ],
      [rule("    when: { bodySchema: { $ref: '#/x' } }\n    reply: { status: 403 }"), 'has a $ref'],
      [
        rule("    reply: { body: { name: '{{ nope }}' } }"),
        'one.yaml:3:22": the template "{{ nope }}" cannot be read: there is no "nope"',
      ],
      [rule('    reply: { passthrough: true, status: 403 }'), '"passthrough" stands beside'],
      [rule('    reply: { example: a, body: b }'), 'an example and a body'],
      ['faults:\n  - { rate: 1 }', 'one.yaml:2:5": the fault does nothing'],
      ['faults:\n  - { cut: mid-body, rate: 7 }', 'one.yaml:2:22'],
      // What would break the document.
      [rule('    reply: { status: 503 }'), 'one.yaml:3:5": the answer breaks the document: The status 503'],
      [rule('    reply: { status: 201, body: { name: x } }'), 'must have the property "id"'],
      [rule('    reply: { status: 201, example: none }'), 'has no example "none"'],
      [
        rule('    reply:\n      - { status: 403 }\n      - { status: 201, body: 5 }'),
        'one.yaml:5:9": the answer breaks',
      ],
    ];
    for (const [text, message] of wrong) {
      const found = await use(text).then(
        () => 'nothing was thrown',
        (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
      );
      expect.soft(found, text).toContain('ERR_SCENARIO Cannot ');
      expect.soft(found, text).toContain(message);
    }
  });

  it.each([
    ['    reply: { status: 403 }'],
    ['    reply: { status: 418 }'],
    ['    reply: { status: 503, breaks: true }'],
    ["    reply: { status: 201, body: { id: '{{ uuid() }}', name: '{{ request.body.name }}' } }"],
    ['    reply: { patch: { name: 5 } }'],
    ['    reply: { headers: { X-One: a, Location: null } }'],
  ])('are taken where nothing is wrong, or can only be judged when they answer: %s', async (lines) => {
    await use(rule(lines));
  });

  it('are read from folders by name, and from objects; two of one name are refused', async () => {
    const rules = [{ on: 'createThing', reply: { status: 403 } }];
    const inner = mkdtempSync(join(folder, 'inner-'));
    writeFileSync(join(inner, 'b.yaml'), 'faults: [{ cut: mid-body }]');
    writeFileSync(join(inner, 'a.json'), JSON.stringify({ name: 'first', rules }));
    writeFileSync(join(inner, 'notes.txt'), 'no scenario');
    writeFileSync(join(inner, '.hidden.yaml'), 'no: scenario');
    const { scenarios, files } = await loadScenarios([inner, { rules }], folder);
    expect(scenarios.map(({ name }) => name)).toEqual(['first', 'b', 'scenario 2']);
    expect(files.map((uri) => uri.split('/').at(-1))).toEqual([
      expect.stringMatching(/^inner-/),
      'a.json',
      'b.yaml',
    ]);
    await expect(loadScenarios([inner, { name: 'b', rules }], folder)).rejects.toThrow(
      'has the name "b" too',
    );
    await expect(loadScenarios(['nowhere.yaml'], folder)).rejects.toThrow(
      'Cannot read scenarios "nowhere.yaml"',
    );
  });
});

describe('scenario files that are read again', () => {
  it('begin anew where they have changed, and go on where they have not', async () => {
    const file = (name: string): string => join(folder, `${name}.yaml`);
    const sequence = (last: number): string =>
      `rules: [{ on: GET /greeting, reply: [{ status: 418 }, { status: ${last} }] }]`;
    writeFileSync(file('again'), sequence(410));
    const mock = await createMock({ document: shop, seed: 1, cwd: folder, scenarios: 'again.yaml' });
    const status = async (): Promise<number> =>
      (await mock.fetch(new Request('http://mock/greeting'))).status;
    expect(await status()).toBe(418);
    await mock.reload();
    expect(await status()).toBe(410);
    writeFileSync(file('again'), sequence(411));
    await mock.reload();
    expect([await status(), await status()]).toEqual([418, 411]);
    writeFileSync(file('again'), 'rules: 5');
    await expect(mock.reload()).rejects.toThrow('again.yaml:1:1');
    expect(await status()).toBe(411);
  });
});

describe('the schema that is shipped', () => {
  it('takes what the one with everything written out takes', async () => {
    const ajv = new Ajv2020({ strict: false });
    const [shipped, whole] = [ajv.compile(scenarioSchema), ajv.compile(wholeScenarioSchema)];
    const good = {
      rules: [
        { on: ['a'], when: { count: { from: 2 } }, reply: [{ status: 200, delay: { uniform: [1, 2] } }] },
      ],
    };
    for (const [value, want] of [
      [good, true],
      [{ faults: [{ latency: 5, on: '*', when: { state: 'a' } }] }, true],
      [{ rules: [{ ...good.rules[0], when: { count: 0 } }] }, false],
      [{ rules: [{ on: [], reply: { status: 200 } }] }, false],
      [{ rules: [{ on: 'a', reply: [{ delay: { uniform: [1] } }] }] }, false],
      [{}, false],
    ] as const)
      expect([shipped(value), whole(value)], JSON.stringify(value)).toEqual([want, want]);
  });
});

describe('a fault on the command line', () => {
  it.each([
    ['status: 503, rate: 5%', { status: 503, rate: '5%' }],
    ['{latency: {uniform: [50, 200]}}', { latency: { uniform: [50, 200] } }],
    ['cut: mid-body, on: events_*', { cut: 'mid-body', on: 'events_*' }],
  ])('is written as in a file: %s', (text, want) => {
    expect(readFault(text, '--fault')).toEqual(want);
  });

  it.each([['status: 200'], ['colour: red'], ['nonsense'], ['latency: [']])('is refused: %s', (text) => {
    expect(() => readFault(text, '--fault')).toThrow('Cannot ');
  });
});
