import { describe, expect, it } from 'vitest';
import { Spot } from '../../src/scenario/index.ts';
import { compileTemplate } from '../../src/scenario/template/template.ts';
import { scopeWith } from './scope.ts';

const body = { name: 'Rex', tags: ['a', 'b'], owner: { name: 'Ann' }, none: null };
const spot = new Spot({ label: 'test' });
const fill = (value: unknown) => compileTemplate(value, spot).fill(scopeWith(body));

describe('templates', () => {
  it.each([
    ['plain', 'plain'],
    ['{{ request.path.id }}', 7],
    ['no. {{request.path.id}}!', 'no. 7!'],
    ['{{ request.query.page | add(1) }}', 3],
    ['{{ request.query.free }}', 'a b'],
    ["{{ request.headers['x-tenant'] | upper }}", 'ACME'],
    ['{{ request.body.owner.name }}', 'Ann'],
    ['{{ request.body.tags }}', ['a', 'b']],
    ['{{ request.body.tags[-1] }}', 'b'],
    ["{{ request.body.tags | join('+') }}", 'a+b'],
    ['{{ request.body.gone.deeper }}', undefined],
    ['<{{ request.body.gone }}>', '<>'],
    ["{{ request.body.gone | default('x') }}", 'x'],
    ['{{ request.body.constructor }}', undefined],
    ['{{ request.body.__proto__ }}', undefined],
    ['{{ state }}/{{ count }}/{{ session }}', 'open/3/s1'],
    ['{{ now() }}', '2024-01-01T00:00:00.000Z'],
    ["{{ now('+1d', 'date') }}", '2024-01-02'],
    ["{{ now('-1s', 'unix') }}", 1_704_067_199],
    ["{{ counter('n') }}{{ counter('n') }}", '12'],
    ["{{ '{{' }} and }}", '{{ and }}'],
    ["{{ pick('only') }}", 'only'],
    ['{{ request.body | json }}', '{"name":"Rex","tags":["a","b"],"owner":{"name":"Ann"},"none":null}'],
    [5, 5],
    [{ a: '{{ request.body.gone }}', b: ['{{ request.body.gone }}', true] }, { b: [null, true] }],
  ])('fills %j with %j', (template, want) => {
    expect(fill(template)).toEqual(want);
  });

  it('makes up the same values from the same stream', () => {
    const template = { id: '{{ uuid() }}', name: "{{ faker('person.fullName') }}", n: '{{ random(1, 6) }}' };
    const first = fill(template) as { id: string; name: string; n: number };
    expect(first.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(first.name).toMatch(/\w \w/);
    expect(first.n).toBeGreaterThanOrEqual(1);
    expect(fill(template)).toEqual(first);
  });

  it('keeps a member that is called __proto__ as data', () => {
    const filled = fill(JSON.parse('{"__proto__": "{{ state }}"}'));
    expect(Object.getPrototypeOf(filled)).toBe(Object.prototype);
    expect(JSON.stringify(filled)).toBe('{"__proto__":"open"}');
  });

  it.each([
    ['{{ request.body', 'does not end'],
    ['{{ process.env }}', 'there is no "process"'],
    ['{{ request.wat }}', 'of the request there is'],
    ['{{ eval("1") }}', 'there is no function "eval"'],
    ['{{ state | shout }}', 'there is no filter "shout"'],
    ['{{ state.length }}', '"state" has no parts'],
    ['{{ 1 2 }}', '"2" is not expected there'],
    ['{{ a = 1 }}', 'nothing can be read at "= 1"'],
    [`{{ ${'pick('.repeat(30)}1${')'.repeat(30)} }}`, 'nested deeper'],
    ['{{ }}', 'a value is missing'],
    ['{{'.repeat(40_000), 'does not end'],
    [`{{${' '.repeat(100_000)}}}`, 'longer than'],
    [`{{ '${'a'.repeat(90_000)} }}`, 'does not end'],
  ])('refuses %j: %s', (template, reason) => {
    expect(() => compileTemplate(template, spot)).toThrow(reason);
  });
});
