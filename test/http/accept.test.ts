import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negotiate, parseAccept } from '../../src/http/accept.ts';
import { createNegotiator } from '../../src/http/index.ts';

const json = 'application/json';

describe('negotiate', () => {
  it.each([
    // Nothing asked, or as good as nothing.
    [undefined, ['text/html', json], json],
    [undefined, ['text/html', 'text/plain'], 'text/html'],
    [undefined, ['text/html', 'application/json; charset=utf-8'], 'application/json; charset=utf-8'],
    ['', ['text/html', json], json],
    ['*/*', ['text/html', json], json],
    ['gibberish', ['text/html', json], json],
    [undefined, [], undefined],
    // Quality, exactness, order of the offers.
    ['text/html;q=0.5, text/plain', ['text/html', 'text/plain'], 'text/plain'],
    ['text/plain, text/html', ['text/html', 'text/plain'], 'text/html'],
    ['application/json, text/plain, */*', ['application/xml', json], json],
    ['text/*', ['image/png', 'text/csv', 'text/html'], 'text/csv'],
    ['application/*', ['application/xml', json], 'application/xml'],
    // https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1-18: 'text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c'
    ['text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c', ['text/plain', 'text/x-dvi'], 'text/x-dvi'],
    // An offer of its own before a range that has it too.
    ['text/csv', ['*/*', 'text/*', 'text/csv'], 'text/csv'],
    // Refused by name, by a range, and named again.
    ['application/json;q=0, */*', [json], undefined],
    ['application/json;q=0, */*', [json, 'text/xml'], 'text/xml'],
    ['*/*;q=0, application/json', ['text/xml', json], json],
    ['text/*;q=0, text/html;q=0.1', ['text/plain', 'text/html'], 'text/html'],
    ['image/png', [json], undefined],
    // Case, blanks, parameters, quotes.
    ['APPLICATION/JSON', [json], json],
    ['  application/xml ;q=0.2 ,\tapplication/json ; q=0.1', [json, 'application/xml'], 'application/xml'],
    ['text/html;level=1', ['text/html', 'text/html;level=1'], 'text/html;level=1'],
    ['text/html;level=1;q=0.3, text/html;q=0.7', ['text/html;level=1', 'text/html'], 'text/html'],
    ['text/html;a="x,y", text/plain;q=0.1', ['text/plain', 'text/html;a="x,y"'], 'text/html;a="x,y"'],
    ['application/json;charset=UTF-8', [json], json],
    ['application/json;version=2', [json], json],
    // Malformed members are ignored, the others count.
    ['application/json;q=2, text/plain', [json, 'text/plain'], 'text/plain'],
    ['application/json;q=x, text/plain', [json, 'text/plain'], 'text/plain'],
    ['/, ;q=1, text/, */plain, text/plain', [json, 'text/plain'], 'text/plain'],
    ['text/html, image/gif, *; q=.2, */*; q=.2', [json], json],
    // Offered ranges take the concrete type that was asked for.
    ['image/webp', ['image/*'], 'image/webp'],
    ['image/*', ['image/*'], 'image/png'],
    ['text/csv', ['*/*'], 'text/csv'],
    ['text/csv', [json], undefined],
    [undefined, ['*/*'], json],
    ['image/png;q=0.1, image/gif', ['image/*'], 'image/gif'],
    ['image/gif;q=0, image/*', ['image/*'], 'image/png'],
    ['application/vnd.a+json', ['application/*+json'], 'application/vnd.a+json'],
    ['text/csv', [json, '*/*'], 'text/csv'],
    // An offer that is no media type is there for those who take anything.
    ['*/*', ['json'], 'json'],
    ['application/json', ['json'], undefined],
  ] as const)('Accept %j of %j is %j', (accept, offered, want) => {
    expect(negotiate(accept, offered)).toBe(want);
  });

  // https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1-21
  it.each([
    ['text/plain;format=flowed', 1],
    ['text/plain', 0.7],
    ['text/html', 0.3],
    ['image/jpeg', 0.5],
    ['text/plain;format=fixed', 0.4],
    ['text/html;level=3', 0.3],
  ])('weighs %s as %d, as the table of RFC 9110 does', (type, quality) => {
    const accept =
      'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5';
    // A rival whose own weight is known and just below or above gives the type's weight away.
    const against = (rival: number) => negotiate(`${accept}, x/rival;q=${rival}`, ['x/rival', type]);
    expect(against(quality - 0.01)).toBe(type);
    if (quality < 1) expect(against(quality + 0.01)).toBe('x/rival');
  });

  it('always chooses something that was offered, or what was asked for', () => {
    const part = fc.constantFrom('a', 'b', '*');
    const type = fc.tuple(part, part).map(([left, right]) => `${left}/${right}`);
    const member = fc.tuple(type, fc.constantFrom('', ';q=0', ';q=0.5', ';q=1', ';q=z', ';p=1'));
    const accept = fc
      .array(
        member.map((both) => both.join('')),
        { minLength: 1 },
      )
      .map((all) => all.join(','));
    fc.assert(
      fc.property(accept, fc.uniqueArray(fc.constantFrom('a/a', 'a/b', 'b/a', 'b/b')), (header, offered) => {
        const chosen = negotiate(header, offered);
        if (chosen !== undefined) expect(offered).toContain(chosen);
        const legible = parseAccept(header);
        if (offered.length > 0 && legible.some((one) => one.range.essence === '*/*' && one.quality > 0)) {
          const refused = legible.filter((one) => one.quality === 0).length;
          if (refused === 0) expect(chosen).toBeDefined();
        }
      }),
    );
  });
});

describe('createNegotiator', () => {
  it('says which offer it took, and takes it again', () => {
    const negotiator = createNegotiator(['application/json', 'image/*']);
    const want = { offered: 'image/*', mediaType: 'image/gif' };
    expect(negotiator('image/gif')).toEqual(want);
    expect(negotiator('image/gif')).toEqual(want);
    expect(negotiator('text/css')).toBeUndefined();
    expect(negotiator('text/css')).toBeUndefined();
    expect(negotiator(undefined)).toEqual({ offered: 'application/json', mediaType: 'application/json' });
  });

  it('agrees with negotiate whatever it was asked before', () => {
    const offered = ['application/json', 'text/*'];
    const negotiator = createNegotiator(offered);
    for (let round = 0; round < 300; round += 1) {
      const accept = `text/x${round % 150}`;
      expect(negotiator(accept)?.mediaType).toBe(negotiate(accept, offered));
    }
  });

  it('reads a header of ten thousand members no further than it must', () => {
    const header = `${'a/b,'.repeat(10_000)}text/plain`;
    expect(parseAccept(header)).toHaveLength(256);
    expect(negotiate(header, ['text/plain'])).toBeUndefined();
  });
});
