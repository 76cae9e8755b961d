import { describe, expect, it } from 'vitest';
import { createEventually } from '../../src/contract/journeys/eventually.ts';
import { type Finding, kept, unknown } from '../../src/contract/journeys/journey.ts';
import { HeaderList, noBody } from '../../src/http/index.ts';

const wrong: Finding = {
  kind: 'broken',
  message: 'it is not there',
  exchange: {
    request: { method: 'GET', target: '/', origin: 'http://x', headers: new HeaderList(), body: noBody },
    response: { status: 404, headers: new HeaderList(), body: noBody },
  },
};

/** Gives these findings, the last of them from then on, and counts how often it was asked. */
function looks(...findings: readonly Finding[]): { look: () => Promise<Finding>; asked: () => number } {
  let asked = 0;
  const look = async (): Promise<Finding> => {
    asked += 1;
    return findings[asked - 1] ?? findings.at(-1) ?? kept;
  };
  return { look, asked: () => asked };
}

describe('patience with what may show later', () => {
  it.each<[string, readonly Finding[], Finding, number]>([
    ['is not needed where it shows at once', [kept], kept, 1],
    ['sees what shows later', [wrong, wrong, kept], kept, 3],
    ['ends where nothing can be told', [wrong, unknown('gone')], unknown('gone'), 2],
    ['ends', [wrong], wrong, 5],
  ])('%s', async (_, findings, wanted, times) => {
    const { look, asked } = looks(...findings);
    expect(await createEventually()(look)).toEqual(wanted);
    expect(asked()).toBe(times);
  });

  it('is short on a resource where it was in vain once, and then still sees what is a little late', async () => {
    const eventually = createEventually();
    await eventually(looks(wrong).look);
    const [again, late] = [looks(wrong), looks(wrong, wrong, kept)];
    expect(await eventually(again.look)).toEqual(wrong);
    expect(again.asked()).toBe(4);
    expect(await eventually(late.look)).toEqual(kept);
    // Late once, late again: this server is waited for.
    const later = looks(wrong, wrong, wrong, wrong, kept);
    expect(await eventually(later.look)).toEqual(kept);
  });
});
